/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "record.h"

#define BATCH_BYTES (1024 * 1024)

static char batch[BATCH_BYTES];
static size_t gathered;

int stream_flush(void)
{
	for (size_t at = 0; at < gathered;) {
		ssize_t written = write(STDOUT_FILENO, batch + at, gathered - at);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return -1;
		at += written;
	}
	gathered = 0;
	return 0;
}

int stream_write(const void *bytes, size_t length)
{
	if (gathered + length > BATCH_BYTES && stream_flush() != 0)
		return -1;
	memcpy(batch + gathered, bytes, length);
	gathered += length;
	return 0;
}

static __u64 now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (__u64)time.tv_sec * 1000000000ull + time.tv_nsec;
}

__u64 boot_time(void)
{
	return now(CLOCK_BOOTTIME);
}

/* The two clocks are read around each other, so that a pause between the readings is halved. */
__u64 epoch_offset(void)
{
	__u64 before = now(CLOCK_BOOTTIME), epoch = now(CLOCK_REALTIME), after = now(CLOCK_BOOTTIME);

	return epoch - (before + (after - before) / 2);
}

int stream_record(__u16 kind, const void *part, size_t length)
{
	struct record_header header = { .length = sizeof(header) + length, .kind = kind, .time = boot_time() };

	if (stream_write(&header, sizeof(header)) != 0)
		return -1;
	return length == 0 ? 0 : stream_write(part, length);
}
