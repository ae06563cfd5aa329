/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * The kernel part: a record of each selected syscall as it returns, of each program that starts and of each thread that
 * ends. What to collect of a syscall is a row of a table. It hooks tracepoints by BTF alone: no kprobe, no LSM, no fentry.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>
#include "record.h"
#include "agent-table.h"

#ifndef barrier_var
#define barrier_var(var) asm volatile("" : "+r"(var))
#endif

char LICENSE[] SEC("license") = "GPL";

/* Set before loading: a number by chance. */
const volatile __u32 heartbeat_word = 0;
/* Set while running, through shared memory: which syscalls are told, whose are not, and in which control groups. */
volatile __u32 snaplen = 0;
volatile __u8 selected[MAX_SYSCALLS] = {};
volatile __u32 own_pids[2] = {};
volatile __u64 scope_ids[MAX_SCOPES] = {};
volatile __u32 scope_levels[MAX_SCOPES] = {};
volatile __u32 scopes = 0;

struct counters counters[MAX_CPUS] = {};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} ring SEC(".maps");

/* Bytes in the ring at which its reader is woken; before that it looks by itself. */
#define WAKE_BYTES (256 * 1024)
/*
 * Bytes that a CPU writes between two looks at how full the ring is. To wake somebody takes microseconds, and where the
 * reader is behind each record would do so.
 */
#define LOOK_BYTES (64 * 1024)

#include "scratch.h"
#include "flavours.h"
#include "path.h"
#include "process.h"
#include "user.h"
#include "descriptor.h"
#include "steps.h"
#include "reaper.h"
#include "state.h"

static __always_inline int is_own(__u32 pid)
{
	return pid == own_pids[0] || pid == own_pids[1];
}

static __always_inline int in_scope(void)
{
	if (scopes == 0)
		return 1;
	for (__u32 i = 0; i < MAX_SCOPES && i < scopes; i++)
		if (bpf_get_current_ancestor_cgroup_id(scope_levels[i]) == scope_ids[i])
			return 1;
	return 0;
}

static __always_inline struct scratch *begin_record(__u16 kind, __u16 syscall, struct task_struct *task, __s64 result)
{
	struct scratch *s = scratch_of(SLOT_CALL);
	struct record_header *header;

	if (!s)
		return 0;
	header = header_of(s);
	header->kind = kind;
	header->syscall = syscall;
	header->time = bpf_ktime_get_boot_ns();
	header->tid = task->pid;
	header->pid = task->tgid;
	header->result = result;
	header->cpu = bpf_get_smp_processor_id();
	header->flags = 0;
	s->at = sizeof(struct record_header);
	return s;
}

static __always_inline void send_record(struct scratch *s, struct counters *own, __u32 category)
{
	__u64 length = s->at;
	__u64 wake = BPF_RB_NO_WAKEUP;

	if (header_of(s)->flags & RECORD_CUT)
		own->cuts++;
	barrier_var(length);
	if (length > SCRATCH_BYTES)
		length = SCRATCH_BYTES;
	header_of(s)->length = length;
	s->unlooked += length;
	if (s->unlooked >= LOOK_BYTES) {
		s->unlooked = 0;
		if (bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) >= WAKE_BYTES)
			wake = BPF_RB_FORCE_WAKEUP;
	}
	if (bpf_ringbuf_output(&ring, s->bytes, length, wake) == 0)
		own->sent[category]++;
	else
		own->dropped[category]++;
}

/* The loader's own call. The first one says whose calls are the recorder's, before anything else is told. */
static __always_inline void take_heartbeat(struct pt_regs *regs, struct task_struct *task)
{
	__u32 pid = task->tgid;
	struct scratch *s;
	__u64 length;

	if ((__u32)regs->di != heartbeat_word)
		return;
	if (own_pids[0] == 0) {
		own_pids[0] = pid;
		own_pids[1] = task->real_parent->tgid;
	}
	if (own_pids[0] != pid)
		return;
	s = begin_record(RECORD_HEARTBEAT, SYSCALL_HEARTBEAT, task, 0);
	if (!s)
		return;
	length = sizeof(struct record_header);
	header_of(s)->length = length;
	bpf_ringbuf_output(&ring, s->bytes, length, BPF_RB_NO_WAKEUP);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_sys_exit, struct pt_regs *regs, long result)
{
	__u64 number = (__u32)regs->orig_ax;
	struct task_struct *task;
	const struct row *row;
	struct counters *own;
	struct scratch *s;
	__u32 category, pid;

	/* Nearly every call ends here, so nothing comes before it. */
	if (number >= MAX_SYSCALLS || !selected[number & (MAX_SYSCALLS - 1)])
		return 0;
	task = bpf_get_current_task_btf();
	pid = task->tgid;
	if (number == SYSCALL_HEARTBEAT && (own_pids[0] == 0 || own_pids[0] == pid))
		take_heartbeat(regs, task);
	if (is_own(pid) || !(selected[number & (MAX_SYSCALLS - 1)] & TELL_RECORD))
		return 0;
	barrier_var(number);
	number &= MAX_SYSCALLS - 1;
	row = &rows[number];
	own = own_counters();
	if (task->thread_info.status & COMPAT_CALL) {
		own->foreign++;
		return 0;
	}
	if (!row->is_life && !in_scope()) {
		own->filtered++;
		return 0;
	}
	/* Told by on_exec, which knows the file's name. */
	if (result == 0 && (number == SYSCALL_EXECVE || number == SYSCALL_EXECVEAT))
		return 0;
	category = row->category & (CATEGORIES - 1);
	own->seen[category]++;
	s = begin_record(RECORD_SYSCALL, number, task, result);
	if (!s) {
		own->dropped[category]++;
		return 0;
	}
	header_of(s)->args[0] = regs->di;
	header_of(s)->args[1] = regs->si;
	header_of(s)->args[2] = regs->dx;
	header_of(s)->args[3] = regs->r10;
	header_of(s)->args[4] = regs->r8;
	header_of(s)->args[5] = regs->r9;
	take_steps(row);
	send_record(s, own, category);
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_tid, struct linux_binprm *binary)
{
	struct task_struct *current = bpf_get_current_task_btf();
	struct pt_regs *regs = (void *)bpf_task_pt_regs(current);
	__u16 number = BPF_CORE_READ(regs, orig_ax) == SYSCALL_EXECVEAT ? SYSCALL_EXECVEAT : SYSCALL_EXECVE;
	struct counters *own = own_counters();
	__u32 category = rows[SYSCALL_EXECVE].category & (CATEGORIES - 1);
	struct scratch *s;

	if (!selected[SYSCALL_EXECVE] || is_own(current->tgid))
		return 0;
	own->seen[category]++;
	s = begin_record(RECORD_EXEC, number, current, 0);
	if (!s) {
		own->dropped[category]++;
		return 0;
	}
	put_process(number_of(s, task), SLOT_CALL);
	put_own_texts(BPF_CORE_READ(task, mm, arg_start), BPF_CORE_READ(task, mm, arg_end), SECTION_ARGS);
	put_own_texts(BPF_CORE_READ(task, mm, env_start), BPF_CORE_READ(task, mm, env_end), SECTION_ENV);
	put_places((void *)number_of(s, task), SLOT_CALL, 0);
	put_groups((void *)number_of(s, task), SLOT_CALL);
	put_kernel_text((__u64)BPF_CORE_READ(binary, filename));
	send_record(s, own, category);
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct task_struct *current = bpf_get_current_task_btf();
	struct counters *own = own_counters();
	__u32 category = rows[PROCEXIT].category & (CATEGORIES - 1);
	struct scratch *s;

	if (!selected[PROCEXIT] || is_own(current->tgid) || BPF_CORE_READ(task, flags) & KERNEL_THREAD)
		return 0;
	own->seen[category]++;
	s = begin_record(RECORD_EXIT, PROCEXIT, current, BPF_CORE_READ(task, exit_code));
	if (!s) {
		own->dropped[category]++;
		return 0;
	}
	header_of(s)->args[0] = (__u32)reaper_of(number_of(s, task));
	send_record(s, own, category);
	return 0;
}
