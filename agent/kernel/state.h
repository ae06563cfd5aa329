/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* What runs and what is open when a recording begins, told by BPF iterators: no /proc, and no right but CAP_BPF and CAP_PERFMON. */
#ifndef CREANCE_STATE_H
#define CREANCE_STATE_H

static __always_inline struct scratch *begin_state(struct task_struct *task, __u16 kind, __s64 result)
{
	struct scratch *s = scratch_of(SLOT_STATE);
	struct record_header *header;

	if (!s)
		return 0;
	header = header_of(s);
	__builtin_memset(header, 0, sizeof(*header));
	header->kind = kind;
	header->time = bpf_ktime_get_boot_ns();
	header->tid = task->pid;
	header->pid = task->tgid;
	header->result = result;
	s->at = sizeof(struct record_header);
	return s;
}

static __always_inline void send_state(struct seq_file *seq, struct scratch *s)
{
	__u64 length = s->at;

	barrier_var(length);
	if (length > SCRATCH_BYTES)
		length = SCRATCH_BYTES;
	header_of(s)->length = length;
	bpf_seq_write(seq, s->bytes, length);
}

/* Memory of another program between two addresses; may sleep. */
static __always_inline void put_task_texts(struct task_struct *task, __u64 start, __u64 end, __u8 tag)
{
	struct scratch *s = scratch_of(SLOT_STATE);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	__u64 size = end - start;
	__u8 fault = 0;

	if (!section || end <= start)
		return;
	if (size > TEXT_BYTES)
		size = TEXT_BYTES;
	barrier_var(size);
	size &= SIZE_MASK;
	if (bpf_copy_from_user_task(body_of(section), size, (void *)start, task, 0) < 0) {
		fault = SECTION_FAULT;
		size = 0;
	}
	end_section(s, section, tag, 0, fault, size);
}

SEC("iter.s/task")
int each_thread(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	struct scratch *s;

	if (!task)
		return 0;
	s = begin_state(task, RECORD_STATE_THREAD, 0);
	if (!s)
		return 0;
	put_process(number_of(s, task), SLOT_STATE);
	/* Threads share all this with the first thread of their process. */
	if (task->pid == task->tgid) {
		struct mm_struct *mm = BPF_CORE_READ(task, mm);

		if (mm) {
			put_task_texts(task, BPF_CORE_READ(mm, arg_start), BPF_CORE_READ(mm, arg_end), SECTION_ARGS);
			put_task_texts(task, BPF_CORE_READ(mm, env_start), BPF_CORE_READ(mm, env_end), SECTION_ENV);
		}
		put_places((void *)number_of(s, task), SLOT_STATE, 1);
		put_groups((void *)number_of(s, task), SLOT_STATE);
	}
	send_state(context->meta->seq, s);
	return 0;
}

SEC("iter/task_file")
int each_file(struct bpf_iter__task_file *context)
{
	struct task_struct *task = context->task;
	struct file *file = context->file;
	struct section_header *section;
	struct scratch *s;
	long read;

	if (!task || !file)
		return 0;
	s = begin_state(task, RECORD_STATE_FILE, context->fd);
	if (!s)
		return 0;
	put_file(number_of(s, file), SLOT_STATE, RETURN);
	put_socket(number_of(s, file), SLOT_STATE, RETURN);
	section = begin_section(s, TEXT_BYTES);
	if (section) {
		read = bpf_d_path((struct path *)&file->f_path, body_of(section), TEXT_BYTES);
		end_section(s, section, SECTION_TEXT, RETURN, read <= 0 ? SECTION_FAULT : 0, read > 0 ? (read - 1) & (TEXT_BYTES - 1) : 0);
	}
	send_state(context->meta->seq, s);
	return 0;
}

#endif
