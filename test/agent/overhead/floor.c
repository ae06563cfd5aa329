/*
 * Attaches what costs least to the place where the recorder listens, says "ready" and waits to be killed. "traced": the kernel takes
 * its slow way through each syscall, as for any tracer, and no program runs; "empty": a BPF program that returns at once.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

/* A syscall that nobody makes here. */
#define TRACED "/sys/kernel/tracing/events/syscalls/sys_exit_acct/id"

static int attach_traced(void)
{
	struct perf_event_attr what = { .type = PERF_TYPE_TRACEPOINT, .size = sizeof(what), .sample_period = 1 };
	char text[32] = "";
	int file;

	if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) != 0)
		return -1;
	mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, 0);
	file = open(TRACED, O_RDONLY);
	if (file < 0 || read(file, text, sizeof(text) - 1) <= 0)
		return -1;
	what.config = atoi(text);
	return syscall(SYS_perf_event_open, &what, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
}

static int attach_empty(void)
{
	struct bpf_insn nothing[] = { { .code = BPF_ALU64 | BPF_MOV | BPF_K }, { .code = BPF_JMP | BPF_EXIT } };
	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_TRACE_RAW_TP,
		    .attach_btf_id = libbpf_find_vmlinux_btf_id("sys_exit", BPF_TRACE_RAW_TP));
	int program = bpf_prog_load(BPF_PROG_TYPE_TRACING, "empty", "GPL", nothing, 2, &options);

	return program < 0 ? -1 : bpf_raw_tracepoint_open(0, program);
}

int main(int count, char **words)
{
	if (count < 2 || (!strcmp(words[1], "empty") ? attach_empty() : attach_traced()) < 0) {
		perror("floor");
		return 1;
	}
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
