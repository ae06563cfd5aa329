/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* The shape of the table that agent/table/table-header.ts writes: what to collect of each syscall. */
#ifndef CREANCE_TABLE_H
#define CREANCE_TABLE_H

#define MAX_STEPS 8

enum step_kind {
	STEP_END = 0,
	/* The text at argument a. */
	STEP_TEXT = 1,
	/* b bytes at argument a. */
	STEP_VALUE = 2,
	/* The first bytes at argument a, as many as the result says, or argument b where it failed. */
	STEP_DATA = 3,
	/* The same out of the b (an argument) buffers listed at argument a. */
	STEP_VECTOR = 4,
	/* The same out of the message at argument a; its address too. */
	STEP_MESSAGE = 5,
	/* The file and the socket behind descriptor a. */
	STEP_FILE = 6,
	STEP_SOCKET = 7,
	/* The calling thread; a is 1 where its arguments are not wanted. */
	STEP_PROCESS = 8,
	STEP_MEMORY = 9,
	STEP_RIGHTS = 10,
	/* The socket address at argument a, of b (an argument) bytes. */
	STEP_ADDRESS = 11,
	/* The list of texts at argument a: the arguments, or the environment, of a program. */
	STEP_ARGS = 12,
	STEP_ENV = 13,
	/* As many bytes at argument a as argument b says times 8, at most 512. */
	STEP_LIST = 14,
};

/* Set in a: only where the call succeeded. */
#define ON_SUCCESS 8

struct step {
	__u8 kind;
	__u8 a;
	__u8 b;
};

struct row {
	__u8 category;
	__u8 is_life;
	struct step steps[MAX_STEPS];
};

#endif
