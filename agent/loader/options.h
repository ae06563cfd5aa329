/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent asks of the loader, on its command line. */
#ifndef CREANCE_OPTIONS_H
#define CREANCE_OPTIONS_H

#include <linux/types.h>
#include "record.h"

struct options {
	/* Load, attach, tell whether that worked, and leave. */
	int probe;
	/* The iterators are not used: the state is left to the agent, which asks /proc. */
	int no_state;
	/* Who to become when all is attached; 0 keeps the user. */
	__u32 user;
	__u32 ring_bytes;
	__u32 snaplen;
	__u8 selected[MAX_SYSCALLS];
	__u32 scopes;
	__u64 scope_ids[MAX_SCOPES];
	__u32 scope_levels[MAX_SCOPES];
};

/* 0, or -1 after a message when the command line is wrong. */
int read_options(int count, char **words, struct options *options);
/* Takes which syscalls are told: two hexadecimal digits for each eight numbers. */
int read_selection(const char *digits, __u8 *selected);

#endif
