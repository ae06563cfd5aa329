/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int read_selection(const char *digits, __u8 *selected)
{
	__u8 chosen[MAX_SYSCALLS] = { 0 };

	for (int i = 0; i < MAX_SYSCALLS / 8; i++) {
		int high = digit(digits[i * 2]), low = high < 0 ? -1 : digit(digits[i * 2 + 1]);

		if (low < 0)
			return -1;
		for (int bit = 0; bit < 8; bit++)
			chosen[i * 8 + bit] = (high << 4 | low) >> bit & 1;
	}
	memcpy(selected, chosen, sizeof(chosen));
	return 0;
}

static int read_scope(const char *word, struct options *options)
{
	unsigned long long id;
	unsigned level;

	if (options->scopes == MAX_SCOPES || sscanf(word, "%llu:%u", &id, &level) != 2)
		return -1;
	options->scope_ids[options->scopes] = id;
	options->scope_levels[options->scopes++] = level;
	return 0;
}

static int read_option(const char *name, const char *value, struct options *options)
{
	if (!strcmp(name, "--select"))
		return read_selection(value, options->selected);
	if (!strcmp(name, "--scope"))
		return read_scope(value, options);
	if (!strcmp(name, "--ring-bytes"))
		options->ring_bytes = strtoul(value, 0, 10);
	else if (!strcmp(name, "--snaplen"))
		options->snaplen = strtoul(value, 0, 10);
	else if (!strcmp(name, "--user"))
		options->user = strtoul(value, 0, 10);
	else
		return -1;
	return 0;
}

int read_options(int count, char **words, struct options *options)
{
	options->ring_bytes = 8 * 1024 * 1024;
	options->snaplen = 80;
	for (int i = 1; i < count; i++) {
		if (!strcmp(words[i], "--probe"))
			options->probe = 1;
		else if (!strcmp(words[i], "--no-state"))
			options->no_state = 1;
		else if (i + 1 == count || read_option(words[i], words[i + 1], options) != 0) {
			fprintf(stderr, "error: %s is not understood\n", words[i]);
			return -1;
		} else
			i++;
	}
	return 0;
}
