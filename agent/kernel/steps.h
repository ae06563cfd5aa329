/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* Carries out a row of the table: one step after the other adds its section to the record. */
#ifndef CREANCE_STEPS_H
#define CREANCE_STEPS_H

/* thread_info.status of a thread that is in a call by the tables of 32-bit programs. */
#define COMPAT_CALL 2

/* Memory of the current program between two addresses: its arguments, its environment. */
__noinline int put_own_texts(__u64 start, __u64 end, __u32 tag)
{
	__u64 size = end - start;

	if (!start || end <= start)
		size = 0;
	return put_bytes(start, size > TEXT_BYTES ? TEXT_BYTES : size, tag, 0);
}

__noinline int put_kernel_text(__u64 address)
{
	struct scratch *s = scratch_of(SLOT_CALL);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	long read;

	if (!section)
		return 0;
	read = bpf_probe_read_kernel_str(body_of(section), TEXT_BYTES, (void *)address);
	end_section(s, section, SECTION_TEXT, 0, read <= 0 ? SECTION_FAULT : 0, read > 0 ? read - 1 : 0);
	return 0;
}

static __always_inline __s64 descriptor(struct scratch *s, __u32 a)
{
	return a == RETURN ? header_of(s)->result : (__s32)argument(s, a);
}

/* The steps about the calling thread. */
static __always_inline int take_own_step(__u32 kind, __u32 a)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct scratch *s = scratch_of(SLOT_CALL);
	struct section_header *section;

	if (kind == STEP_PROCESS) {
		put_process((__u64)task, SLOT_CALL);
		if (a == 0)
			put_own_texts(BPF_CORE_READ(task, mm, arg_start), BPF_CORE_READ(task, mm, arg_end), SECTION_ARGS);
		put_places(task, SLOT_CALL, 0);
		put_groups(task, SLOT_CALL);
		return 0;
	}
	section = s ? begin_section(s, sizeof(struct rights_part)) : 0;
	if (!section)
		return 0;
	if (kind == STEP_MEMORY) {
		memory_of(task, body_of(section));
		end_section(s, section, SECTION_MEMORY, 0, 0, sizeof(struct memory_part));
	} else {
		rights_of(BPF_CORE_READ(task, cred), body_of(section));
		end_section(s, section, SECTION_RIGHTS, 0, 0, sizeof(struct rights_part));
	}
	return 0;
}

__noinline int take_step(__u32 kind, __u32 a, __u32 b)
{
	struct scratch *s = scratch_of(SLOT_CALL);
	__u64 size;
	__s64 result;

	if (!s)
		return 0;
	result = header_of(s)->result;
	if ((a & ON_SUCCESS) && result < 0)
		return 0;
	a &= ON_SUCCESS - 1;
	switch (kind) {
	case STEP_TEXT:
		return put_text(s, argument(s, a), a);
	case STEP_VALUE:
		return argument(s, a) ? put_bytes(argument(s, a), b, SECTION_VALUE, a) : 0;
	case STEP_DATA:
		size = told_bytes(result, argument(s, b));
		return size ? put_bytes(argument(s, a), size, SECTION_DATA, a) : 0;
	case STEP_VECTOR:
		return put_vector(argument(s, a), argument(s, b), result, a);
	case STEP_MESSAGE:
		return put_message(argument(s, a), result, a);
	case STEP_FILE:
		return put_file((__u64)file_of(descriptor(s, a)), SLOT_CALL, a);
	case STEP_SOCKET:
		return put_socket((__u64)file_of(descriptor(s, a)), SLOT_CALL, a);
	case STEP_ADDRESS:
		size = argument(s, b);
		return argument(s, a) ? put_bytes(argument(s, a), size < 128 ? size : 128, SECTION_ADDRESS, a) : 0;
	case STEP_ARGS:
		return put_texts(argument(s, a), SECTION_ARGS);
	case STEP_ENV:
		return put_texts(argument(s, a), SECTION_ENV);
	case STEP_LIST:
		size = argument(s, b) * 8;
		return put_bytes(argument(s, a), size < LIST_BYTES ? size : LIST_BYTES, SECTION_VALUE, a);
	default:
		return take_own_step(kind, a);
	}
}

static __always_inline void take_steps(const struct row *row)
{
	for (int i = 0; i < MAX_STEPS; i++) {
		__u32 kind = row->steps[i].kind;

		if (kind == STEP_END)
			break;
		take_step(kind, row->steps[i].a, row->steps[i].b);
	}
}

#endif
