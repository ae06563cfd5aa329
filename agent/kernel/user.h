/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * What a call's arguments point at. Memory of a program can be gone or change while it is read; what can't be read is
 * marked as a fault, never told as empty.
 */
#ifndef CREANCE_USER_H
#define CREANCE_USER_H

#define VECTORS 16
#define LIST_BYTES 512
#define MAX_TEXTS 64

static __always_inline __u64 argument(struct scratch *s, __u32 index)
{
	/* The table names arguments below 6; what lies behind them is scratch as well. */
	barrier_var(index);
	return header_of(s)->args[index & 7];
}

static __always_inline int put_text(struct scratch *s, __u64 address, __u32 note)
{
	struct section_header *section = begin_section(s, TEXT_BYTES);
	long read;

	if (!section)
		return 0;
	read = bpf_probe_read_user_str(body_of(section), TEXT_BYTES, (void *)address);
	/* The last place of a full read is the NUL that the helper put there. */
	end_section(s, section, SECTION_TEXT, note,
		    (read <= 0 ? SECTION_FAULT : 0) | (read == TEXT_BYTES ? SECTION_TRUNCATED : 0), read > 0 ? read - 1 : 0);
	return 0;
}

__noinline int put_bytes(__u64 address, __u32 size, __u32 tag, __u32 note)
{
	struct scratch *s = scratch_of(SLOT_CALL);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	__u64 told = size < TEXT_BYTES ? size : TEXT_BYTES;
	__u8 fault = 0;

	if (!section)
		return 0;
	barrier_var(told);
	told &= SIZE_MASK;
	if (!address || bpf_probe_read_user(body_of(section), told, (void *)address) < 0) {
		fault = SECTION_FAULT;
		told = 0;
	}
	end_section(s, section, tag, note, fault, told);
	return 0;
}

/* How much of a buffer is told: what the call moved, or what it was to move where it failed. */
static __always_inline __u32 told_bytes(__s64 result, __u64 wanted)
{
	__u64 size = result >= 0 ? result : wanted, most = snaplen;

	if (most > MAX_SNAPLEN)
		most = MAX_SNAPLEN;
	return size < most ? size : most;
}

__noinline int put_vector(__u64 list, __u64 count, __s64 result, __u32 note)
{
	struct scratch *s = scratch_of(SLOT_CALL);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	__u64 limit = told_bytes(result, (__u64)-1), used = 0, total = 0;
	__u8 fault = 0;

	if (!section)
		return 0;
	for (__u32 i = 0; i < VECTORS && i < count; i++) {
		struct iovec vector = {};
		__u64 size, at;

		if (bpf_probe_read_user(&vector, sizeof(vector), (void *)(list + i * sizeof(vector))) < 0) {
			fault = SECTION_FAULT;
			break;
		}
		total += vector.iov_len;
		if (used >= limit)
			continue;
		size = vector.iov_len < limit - used ? vector.iov_len : limit - used;
		at = s->at + SECTION_BYTES + 8 + used;
		barrier_var(at);
		if (at > SCRATCH_BYTES - TEXT_BYTES)
			break;
		barrier_var(size);
		size &= TEXT_BYTES - 1;
		if (bpf_probe_read_user(s->bytes + at, size, vector.iov_base) < 0) {
			fault = SECTION_FAULT;
			break;
		}
		used += size;
	}
	/* First how many bytes the buffers have together. */
	*(__u64 *)body_of(section) = total;
	end_section(s, section, SECTION_DATA, note, fault, 8 + (used & (TEXT_BYTES - 1)));
	return 0;
}

__noinline int put_message(__u64 address, __s64 result, __u32 note)
{
	struct user_msghdr message = {};

	if (bpf_probe_read_user(&message, sizeof(message), (void *)address) < 0)
		return put_bytes(0, 0, SECTION_DATA, note);
	put_vector((__u64)message.msg_iov, message.msg_iovlen, result, note);
	if (message.msg_name && message.msg_namelen > 0)
		put_bytes((__u64)message.msg_name, message.msg_namelen < 128 ? message.msg_namelen : 128, SECTION_ADDRESS, note);
	return 0;
}

/* The texts of a program that was refused, back to back with their NULs. */
__noinline int put_texts(__u64 list, __u32 tag)
{
	struct scratch *s = scratch_of(SLOT_CALL);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	__u64 used = 0;
	__u8 fault = 0;

	if (!section)
		return 0;
	for (__u32 i = 0; i < MAX_TEXTS; i++) {
		__u64 text = 0, at = s->at + SECTION_BYTES + used;
		long read;

		if (bpf_probe_read_user(&text, sizeof(text), (void *)(list + i * sizeof(text))) < 0)
			fault = SECTION_FAULT;
		if (!text)
			break;
		barrier_var(at);
		if (used > TEXT_BYTES / 2 || at > SCRATCH_BYTES - TEXT_BYTES / 2) {
			fault |= SECTION_TRUNCATED;
			break;
		}
		read = bpf_probe_read_user_str(s->bytes + at, TEXT_BYTES / 2, (void *)text);
		if (read > 0)
			used += read;
	}
	end_section(s, section, tag, 0, fault, used & SIZE_MASK);
	return 0;
}

#endif
