/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* Where a record is put together before it goes to the ring: one place per CPU for calls, one for the state at start. */
#ifndef CREANCE_SCRATCH_H
#define CREANCE_SCRATCH_H

#define SCRATCH_BYTES 30720
#define TEXT_BYTES 4096
/* A size below 2 * TEXT_BYTES is all that a mask can tell the verifier, so that much must always be there. */
#define SIZE_MASK (2 * TEXT_BYTES - 1)
#define LAST_PLACE (SCRATCH_BYTES - 2 * TEXT_BYTES - 64)
#define SECTION_BYTES sizeof(struct section_header)

/* Slots of the scratch map. */
#define SLOT_CALL 0
#define SLOT_STATE 1

/* The first bytes of kernel objects, read at once: each read costs more than the bytes do. */
#define FILE_COPY 80
#define INODE_COPY 72
#define SUPER_COPY 104
#define SOCK_COPY 72

struct copies {
	__u64 file[FILE_COPY / 8];
	__u64 inode[INODE_COPY / 8];
	__u64 super[SUPER_COPY / 8];
	__u64 sock[SOCK_COPY / 8];
};

struct scratch {
	__u64 at;
	__u64 pointer;
	/* Bytes written since the ring was looked at. */
	__u64 unlooked;
	struct copies copies;
	__u8 bytes[SCRATCH_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

static __always_inline struct scratch *scratch_of(__u32 slot)
{
	slot &= 1;
	return bpf_map_lookup_elem(&scratches, &slot);
}

static __always_inline struct record_header *header_of(struct scratch *s)
{
	return (struct record_header *)s->bytes;
}

/* A pointer as a number: functions that are verified on their own take numbers alone. */
static __always_inline __u64 number_of(struct scratch *s, const void *pointer)
{
	volatile __u64 *place = &s->pointer;

	*place = (__u64)pointer;
	return *place;
}

static __always_inline struct counters *own_counters(void)
{
	__u32 cpu = bpf_get_smp_processor_id();

	barrier_var(cpu);
	return &counters[cpu & (MAX_CPUS - 1)];
}

/*
 * Room for a section of at most `most` bytes, or null: then the record says that it was cut. The place is not taken
 * before end_section() says how much of it was used.
 */
static __always_inline struct section_header *begin_section(struct scratch *s, __u32 most)
{
	__u64 at = s->at;

	if (at > LAST_PLACE || most > TEXT_BYTES) {
		header_of(s)->flags |= RECORD_CUT;
		return 0;
	}
	barrier_var(at);
	if (at > LAST_PLACE)
		return 0;
	return (struct section_header *)(s->bytes + at);
}

static __always_inline void end_section(struct scratch *s, struct section_header *section, __u8 tag, __u8 note, __u8 fault,
					__u32 length)
{
	section->tag = tag;
	section->note = note;
	section->fault = fault;
	section->pad = 0;
	section->length = length;
	s->at += SECTION_BYTES + ((length + 7) & ~7u);
	if (fault & SECTION_FAULT)
		own_counters()->faults++;
}

static __always_inline void *body_of(struct section_header *section)
{
	return (void *)section + SECTION_BYTES;
}

#endif
