/* SPDX-License-Identifier: Apache-2.0 */
/* The stream that the loader writes: records gathered into large writes, to standard output. */
#ifndef CREANCE_STREAM_H
#define CREANCE_STREAM_H

#include <stddef.h>
#include <linux/types.h>

/* Appends bytes; writes when enough are gathered. 0, or -1 when the reader is gone. */
int stream_write(const void *bytes, size_t length);
/* Writes what is gathered. */
int stream_flush(void);
/* Appends a record of the loader's own: a header, and a part. */
int stream_record(__u16 kind, const void *part, size_t length);
/* Nanoseconds since boot, and what makes a time since the epoch of them. */
__u64 boot_time(void);
__u64 epoch_offset(void);

#endif
