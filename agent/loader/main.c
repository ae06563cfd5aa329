/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads the kernel part, gives up all privileges, and passes records on to standard output until it is told to stop
 * ("stop" on standard input, its end, SIGTERM or SIGINT) or its reader goes away. "snapshot" asks for the state of the
 * machine, "select HEX" for other syscalls, "snaplen N" for that much of each buffer; none needs a privilege. Texts are of
 * no concern here: they are passed on.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include "record.h"
#include "options.h"
#include "privileges.h"
#include "stream.h"
#include "recorder.skel.h"

#define POLL_MS 20
#define STATS_NS 1000000000ull
#define PIPE_BYTES (1024 * 1024)

static struct recorder *recorder;
static struct ring_buffer *reader;
static __u64 received, last_stats;
static volatile sig_atomic_t stopping;
static int reader_gone;
static __u32 heartbeat_word;
/* STATE_END says how the state is to be had: 0 it was told, STATE_BY_PROC, or the error that came between. */
static int no_state;

static int complain(enum libbpf_print_level level, const char *format, va_list arguments)
{
	/* The verifier's log can be very long; its first lines are enough to know what it is about. */
	return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

static void on_signal(int signal)
{
	(void)signal;
	stopping = 1;
}

static int on_record(void *context, void *record, size_t length)
{
	(void)context;
	if (stream_write(record, length) != 0) {
		reader_gone = 1;
		return -EPIPE;
	}
	if (((const struct record_header *)record)->kind == RECORD_HEARTBEAT)
		return 0;
	/* Under a load without end the ring is never empty: come back for other duties now and then. */
	return (++received & 0x3fff) == 0 ? -EAGAIN : 0;
}

/* Where the ring's two ends are told, a page each. */
static const volatile __u64 *consumed, *produced;

static int watch_ring(void)
{
	int ring = bpf_map__fd(recorder->maps.ring);
	long page = sysconf(_SC_PAGESIZE);

	consumed = mmap(0, page, PROT_READ, MAP_SHARED, ring, 0);
	produced = mmap(0, page, PROT_READ, MAP_SHARED, ring, page);
	return consumed == MAP_FAILED || produced == MAP_FAILED ? -1 : 0;
}

static __u64 ring_fill(void)
{
	__u64 taken = *consumed, made = *produced;

	return made > taken ? made - taken : 0;
}

static void add_counters(struct counters *sum)
{
	int cpus = libbpf_num_possible_cpus();
	__u64 *to = (__u64 *)sum;

	for (int cpu = 0; cpu < cpus && cpu < MAX_CPUS; cpu++) {
		const __u64 *from = (const __u64 *)&recorder->bss->counters[cpu];

		for (size_t i = 0; i < sizeof(*sum) / sizeof(__u64); i++)
			to[i] += from[i];
	}
}

static void tell_stats(__u16 kind)
{
	struct stats_part stats = { .received = received, .ring_fill = ring_fill(), .epoch = epoch_offset() };

	add_counters(&stats.total);
	if (stream_record(kind, &stats, sizeof(stats)) != 0)
		reader_gone = 1;
	last_stats = boot_time();
}

static int tell_hello(const struct options *options)
{
	struct hello_part hello = { .version = STREAM_VERSION,
				    .cpus = libbpf_num_possible_cpus(),
				    .epoch = epoch_offset(),
				    .ring_bytes = options->ring_bytes,
				    .snaplen = options->snaplen,
				    .own_pid = recorder->bss->own_pids[0] };
	struct utsname name;
	struct sysinfo info;

	uname(&name);
	snprintf(hello.release, sizeof(hello.release), "%.63s", name.release);
	snprintf(hello.hostname, sizeof(hello.hostname), "%.63s", name.nodename);
	if (sysinfo(&info) == 0)
		hello.memory_bytes = (__u64)info.totalram * info.mem_unit;
	return stream_record(RECORD_HELLO, &hello, sizeof(hello));
}

/* Passes on all that an iterator tells. A read gives whole records. */
static int pass_iterator(struct bpf_link *link)
{
	static char buffer[64 * 1024];
	int iterator = bpf_iter_create(bpf_link__fd(link));
	ssize_t length;

	if (iterator < 0)
		return -1;
	while ((length = read(iterator, buffer, sizeof(buffer))) > 0 || (length < 0 && errno == EAGAIN)) {
		if (length > 0 && stream_write(buffer, length) != 0)
			reader_gone = 1;
	}
	close(iterator);
	return length < 0 ? -1 : 0;
}

static int consume(void)
{
	int result = ring_buffer__consume(reader);

	/* -EAGAIN: records are left. */
	return result == -EAGAIN;
}

/* The state follows all records that were there before it, and comes before those that come while it is told. */
static void tell_state(void)
{
	__u64 result = no_state ? STATE_BY_PROC : 0;

	tell_stats(RECORD_STATS);
	stream_record(RECORD_STATE_BEGIN, 0, 0);
	if (!no_state && (pass_iterator(recorder->links.each_thread) != 0 || pass_iterator(recorder->links.each_file) != 0))
		result = errno;
	stream_record(RECORD_STATE_END, &result, sizeof(result));
}

/* A call of which the kernel part knows that it is this program's; it comes back through the ring. */
static void beat(void)
{
	syscall(SYSCALL_HEARTBEAT, heartbeat_word);
}

static void select_calls(const __u8 *chosen)
{
	for (int i = 0; i < MAX_SYSCALLS; i++)
		recorder->bss->selected[i] = chosen[i] | (i == SYSCALL_HEARTBEAT ? TELL_HEARTBEAT : 0);
}

static void obey(char *line)
{
	if (!strcmp(line, "stop"))
		stopping = 1;
	else if (!strcmp(line, "snapshot")) {
		for (int i = 0; i < 1024 && consume() && !reader_gone; i++)
			;
		tell_state();
	} else if (!strncmp(line, "select ", 7) && strlen(line) >= 7 + MAX_SYSCALLS / 4) {
		__u8 chosen[MAX_SYSCALLS];

		if (read_selection(line + 7, chosen) == 0)
			select_calls(chosen);
	} else if (!strncmp(line, "snaplen ", 8))
		recorder->bss->snaplen = strtoul(line + 8, 0, 10);
}

static void read_commands(void)
{
	static char buffer[4096];
	static size_t used;
	ssize_t length = read(STDIN_FILENO, buffer + used, sizeof(buffer) - 1 - used);
	char *line = buffer, *end;

	if (length <= 0) {
		stopping = length == 0 || (errno != EAGAIN && errno != EINTR);
		return;
	}
	used += length;
	buffer[used] = 0;
	while ((end = strchr(line, '\n')) != 0) {
		*end = 0;
		obey(line);
		line = end + 1;
	}
	used -= line - buffer;
	memmove(buffer, line, used);
	if (used == sizeof(buffer) - 1)
		used = 0;
}

static int attach(const struct options *options)
{
	recorder = recorder__open();
	if (!recorder)
		return -1;
	recorder->rodata->heartbeat_word = heartbeat_word;
	recorder->bss->snaplen = options->snaplen;
	/* Nothing is told before it is known whose calls are the recorder's own. */
	recorder->bss->selected[SYSCALL_HEARTBEAT] = TELL_HEARTBEAT;
	recorder->bss->scopes = options->scopes;
	memcpy((void *)recorder->bss->scope_ids, options->scope_ids, sizeof(options->scope_ids));
	memcpy((void *)recorder->bss->scope_levels, options->scope_levels, sizeof(options->scope_levels));
	bpf_map__set_max_entries(recorder->maps.ring, options->ring_bytes);
	if (no_state) {
		bpf_program__set_autoload(recorder->progs.each_thread, 0);
		bpf_program__set_autoload(recorder->progs.each_file, 0);
	}
	if (recorder__load(recorder) != 0)
		return -1;
	if (!no_state) {
		recorder->links.each_thread = bpf_program__attach_iter(recorder->progs.each_thread, 0);
		recorder->links.each_file = bpf_program__attach_iter(recorder->progs.each_file, 0);
		if (!recorder->links.each_thread || !recorder->links.each_file)
			return -1;
	}
	recorder->links.on_sys_exit = bpf_program__attach(recorder->progs.on_sys_exit);
	recorder->links.on_exec = bpf_program__attach(recorder->progs.on_exec);
	recorder->links.on_exit = bpf_program__attach(recorder->progs.on_exit);
	if (!recorder->links.on_sys_exit || !recorder->links.on_exec || !recorder->links.on_exit)
		return -1;
	beat();
	select_calls(options->selected);
	reader = ring_buffer__new(bpf_map__fd(recorder->maps.ring), on_record, 0, 0);
	return reader ? watch_ring() : -1;
}

/* Where the iterators can't be had, all else can be. */
static int load(const struct options *options)
{
	no_state = options->no_state;
	if (getrandom(&heartbeat_word, sizeof(heartbeat_word), 0) != sizeof(heartbeat_word))
		return -1;
	/* Above any process id, so that the call finds nothing. */
	heartbeat_word |= 0x40000000;
	heartbeat_word &= 0x7fffffff;
	if (attach(options) == 0)
		return 0;
	if (no_state)
		return -1;
	recorder__destroy(recorder);
	no_state = 1;
	if (attach(options) != 0)
		return -1;
	fprintf(stderr, "note: the iterators can't be loaded; what runs already is read from /proc\n");
	return 0;
}

/* No more records from here on; those in the ring are passed on, so that what was seen adds up. */
static void finish(void)
{
	bpf_link__destroy(recorder->links.on_sys_exit);
	bpf_link__destroy(recorder->links.on_exec);
	bpf_link__destroy(recorder->links.on_exit);
	recorder->links.on_sys_exit = recorder->links.on_exec = recorder->links.on_exit = 0;
	while (!reader_gone && consume())
		;
	if (!reader_gone)
		tell_stats(RECORD_END);
	stream_flush();
}

static void run(void)
{
	int more = 0;

	while (!stopping && !reader_gone) {
		struct pollfd files[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
					   { .fd = ring_buffer__epoll_fd(reader), .events = POLLIN } };

		poll(files, 2, more ? 0 : POLL_MS);
		if (files[0].revents)
			read_commands();
		more = consume();
		if (boot_time() - last_stats >= STATS_NS) {
			beat();
			tell_stats(RECORD_STATS);
		}
		if (!more && stream_flush() != 0)
			reader_gone = 1;
	}
}

int main(int count, char **words)
{
	struct options options = { 0 };
	struct sigaction action = { .sa_handler = on_signal };

	libbpf_set_print(complain);
	libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
	if (read_options(count, words, &options) != 0)
		return 2;
	if (libbpf_num_possible_cpus() > MAX_CPUS) {
		fprintf(stderr, "error: more than %d CPUs\n", MAX_CPUS);
		return 1;
	}
	sigaction(SIGTERM, &action, 0);
	sigaction(SIGINT, &action, 0);
	signal(SIGPIPE, SIG_IGN);
	if (load(&options) != 0) {
		fprintf(stderr, "error: the kernel part can't be loaded: %s\n", strerror(errno));
		return 1;
	}
	if (drop_privileges(options.user) != 0) {
		fprintf(stderr, "error: privileges can't be given up: %s\n", strerror(errno));
		return 1;
	}
	if (options.probe)
		return 0;
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_BYTES);
	tell_hello(&options);
	tell_state();
	run();
	finish();
	return reader_gone ? 1 : 0;
}
