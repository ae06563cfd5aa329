/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* Who takes the children of a thread that ends: the kernel's rule, as far as a bounded search can follow it. */
#ifndef CREANCE_REAPER_H
#define CREANCE_REAPER_H

#define EXITING 0x00000004
#define MAX_SIBLINGS 30
#define MAX_ANCESTORS 20

/* Another thread of the group that lives on; 0 where there is none, -1 where there are too many to tell. */
static __always_inline int living_thread(struct task_struct *task)
{
	void *head = (void *)BPF_CORE_READ(task, signal) + bpf_core_field_offset(struct signal_struct, thread_head);
	void *next = 0;

	bpf_probe_read_kernel(&next, sizeof(next), head);
	for (int i = 0; i < MAX_SIBLINGS; i++) {
		struct task_struct *thread = next - bpf_core_field_offset(struct task_struct, thread_node);

		if (next == head)
			return 0;
		if (!(BPF_CORE_READ(thread, flags) & EXITING))
			return BPF_CORE_READ(thread, pid);
		bpf_probe_read_kernel(&next, sizeof(next), next);
	}
	return -1;
}

__noinline int living_thread_of(__u64 task_address)
{
	return living_thread((void *)task_address);
}

__noinline int reaper_above(__u64 task_address)
{
	struct task_struct *task = (void *)task_address, *above = BPF_CORE_READ(task, real_parent);
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	struct task_struct *first = BPF_CORE_READ(namespace_of(pid), child_reaper);
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	__u32 level = BPF_CORE_READ(pid, level);
	int found;

	if (first == task)
		return 0;
	if (!BPF_CORE_READ_BITFIELD_PROBED(signal, has_child_subreaper))
		return BPF_CORE_READ(first, pid);
	for (int i = 0; i < MAX_ANCESTORS; i++) {
		if (above == first || BPF_CORE_READ(above, thread_pid, level) != level)
			return BPF_CORE_READ(first, pid);
		signal = BPF_CORE_READ(above, signal);
		if (BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper)) {
			found = living_thread_of((__u64)above);
			if (found != 0)
				return found;
		}
		above = BPF_CORE_READ(above, real_parent);
	}
	return -1;
}

static __always_inline int reaper_of(__u64 task)
{
	int found = living_thread_of(task);

	return found != 0 ? found : reaper_above(task);
}

#endif
