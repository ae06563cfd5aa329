/*
 * Makes one kind of call many times and prints the nanoseconds of its own time that each took, the best of several rounds; or, with
 * "flood SECONDS", makes calls for so long and prints how many.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 15
#define CALLS 20000

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static void call(const char *kind)
{
	if (*kind == 'g')
		syscall(SYS_getppid);
	else if (*kind == 'o')
		close(open("/dev/null", O_RDONLY));
	else if (*kind == 'u')
		unlink("/creance/is/not/there");
	else
		close(dup(0));
}

int main(int count, char **words)
{
	double best = 1e18;
	long calls = 0;

	if (count > 2 && !strcmp(words[1], "flood")) {
		double end = now(CLOCK_MONOTONIC) + atof(words[2]) * 1e9;

		while (now(CLOCK_MONOTONIC) < end)
			for (int i = 0; i < 1000; i++, calls += 2)
				call("open");
		printf("%ld\n", calls);
		return 0;
	}
	for (int round = 0; round < ROUNDS; round++) {
		double start = now(CLOCK_PROCESS_CPUTIME_ID), took;

		for (int i = 0; i < CALLS; i++)
			call(words[1]);
		took = (now(CLOCK_PROCESS_CPUTIME_ID) - start) / CALLS;
		best = took < best ? took : best;
	}
	printf("%.1f\n", best);
	return 0;
}
