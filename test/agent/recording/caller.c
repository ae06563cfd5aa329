/*
 * Makes exactly the calls that it reads from standard input, one a line, and nothing between them; then prints what each
 * returned. A line is a number and up to six arguments: i123 a number, r4 the result of call 4, m16 a pointer to so many
 * zero bytes, x0a0b a pointer to these bytes, pLIST a pointer to pointers at the texts, or structure parts as in x with @N
 * for the address of earlier memory. The first line printed is the process id.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <sys/syscall.h>

#define MOST 400

struct call {
	long number, args[6], result;
	int from[6];
};

static struct call calls[MOST];
static char arena[1 << 20];
static size_t used;

static void *take(size_t bytes)
{
	void *place = arena + used;

	used += (bytes + 15) & ~15ul;
	return place;
}

/* Bytes in hexadecimal; {TEXT} stands for the address of a text. */
static long read_bytes(const char *text)
{
	unsigned char *place = take(0), *at = place;
	char *texts[32];
	int fixups[32], fixed = 0;

	for (; *text; ) {
		if (*text == '{') {
			const char *end = strchr(text, '}');

			texts[fixed] = strndup(text + 1, end - text - 1);
			fixups[fixed++] = at - place;
			at += 8;
			text = end + 1;
			continue;
		}
		unsigned byte;

		sscanf(text, "%2x", &byte);
		*at++ = byte;
		text += 2;
	}
	take(at - place + 8);
	for (int i = 0; i < fixed; i++)
		memcpy(place + fixups[i], &texts[i], 8);
	return (long)place;
}

static void read_argument(struct call *call, int index, const char *word)
{
	call->from[index] = -1;
	switch (*word) {
	case 'i':
		call->args[index] = strtol(word + 1, 0, 0);
		break;
	case 'r':
		call->from[index] = atoi(word + 1);
		break;
	case 'm':
		call->args[index] = (long)take(atoi(word + 1));
		break;
	case 'x':
		call->args[index] = read_bytes(word + 1);
		break;
	}
}

int main(void)
{
	static char line[65536];
	int count = 0;

	/* Pages that were never touched can not be read by a tracer. */
	memset(arena, 0, sizeof(arena));

	while (count < MOST && fgets(line, sizeof(line), stdin)) {
		struct call *call = &calls[count++];
		char *word = strtok(line, " \n");

		call->number = atol(word);
		for (int i = 0; i < 6; i++)
			call->from[i] = -1;
		for (int i = 0; i < 6 && (word = strtok(0, " \n")); i++)
			read_argument(call, i, word);
	}
	for (int i = 0; i < count; i++) {
		struct call *call = &calls[i];
		long a[6], result;

		for (int j = 0; j < 6; j++)
			a[j] = call->from[j] < 0 ? call->args[j] : calls[call->from[j]].result;
		/* Raw, so that nothing but this call is made. */
		register long r10 asm("r10") = a[3];
		register long r8 asm("r8") = a[4];
		register long r9 asm("r9") = a[5];
		asm volatile("syscall" : "=a"(result) : "a"(call->number), "D"(a[0]), "S"(a[1]), "d"(a[2]), "r"(r10), "r"(r8), "r"(r9)
			     : "rcx", "r11", "memory");
		if (result == 0 && (call->number == SYS_fork || call->number == SYS_clone || call->number == SYS_clone3))
			asm volatile("syscall" : : "a"(SYS_exit), "D"(7) : "rcx", "r11", "memory");
		call->result = result;
	}
	printf("%d\n", getpid());
	for (int i = 0; i < count; i++)
		printf("%ld\n", calls[i].result);
	return 0;
}
