/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* Fields that kernels name or shape differently. The part of a name behind three underscores is not looked at. */
#ifndef CREANCE_FLAVOURS_H
#define CREANCE_FLAVOURS_H

#define PRESERVE __attribute__((preserve_access_index))

/* 6.11 and later. */
struct inode___seconds {
	__s64 i_ctime_sec;
	__u32 i_ctime_nsec;
	__s64 i_mtime_sec;
	__u32 i_mtime_nsec;
} PRESERVE;
/* 6.6 to 6.10. */
struct inode___hidden {
	struct timespec64 __i_ctime;
	struct timespec64 __i_mtime;
} PRESERVE;
struct inode___plain {
	struct timespec64 i_ctime;
	struct timespec64 i_mtime;
} PRESERVE;

/* 6.3 and later keep capabilities in one number. */
struct cred___caps {
	struct {
		__u64 val;
	} cap_inheritable, cap_permitted, cap_effective;
} PRESERVE;

/* 6.15 and later. */
struct kernfs_node___hidden {
	struct kernfs_node *__parent;
} PRESERVE;
struct kernfs_node___plain {
	struct kernfs_node *parent;
} PRESERVE;

/* 6.2 and later count resident pages per CPU. */
struct percpu_counter___count {
	__s64 count;
} PRESERVE;
struct mm_struct___percpu {
	struct percpu_counter___count rss_stat[4];
} PRESERVE;
struct mm_rss_stat___atomic {
	atomic_long_t count[4];
} PRESERVE;
struct mm_struct___atomic {
	struct mm_rss_stat___atomic rss_stat;
} PRESERVE;

static __always_inline __u64 nanoseconds(__s64 seconds, __u64 rest)
{
	return (__u64)seconds * 1000000000ull + rest;
}

static __always_inline __u64 change_time(void *inode)
{
	struct inode___seconds *seconds = inode;
	struct inode___hidden *hidden = inode;
	struct inode___plain *plain = inode;

	if (bpf_core_field_exists(seconds->i_ctime_sec))
		return nanoseconds(BPF_CORE_READ(seconds, i_ctime_sec), BPF_CORE_READ(seconds, i_ctime_nsec));
	if (bpf_core_field_exists(hidden->__i_ctime))
		return nanoseconds(BPF_CORE_READ(hidden, __i_ctime.tv_sec), BPF_CORE_READ(hidden, __i_ctime.tv_nsec));
	return nanoseconds(BPF_CORE_READ(plain, i_ctime.tv_sec), BPF_CORE_READ(plain, i_ctime.tv_nsec));
}

static __always_inline __u64 modification_time(void *inode)
{
	struct inode___seconds *seconds = inode;
	struct inode___hidden *hidden = inode;
	struct inode___plain *plain = inode;

	if (bpf_core_field_exists(seconds->i_mtime_sec))
		return nanoseconds(BPF_CORE_READ(seconds, i_mtime_sec), BPF_CORE_READ(seconds, i_mtime_nsec));
	if (bpf_core_field_exists(hidden->__i_mtime))
		return nanoseconds(BPF_CORE_READ(hidden, __i_mtime.tv_sec), BPF_CORE_READ(hidden, __i_mtime.tv_nsec));
	return nanoseconds(BPF_CORE_READ(plain, i_mtime.tv_sec), BPF_CORE_READ(plain, i_mtime.tv_nsec));
}

static __always_inline struct kernfs_node *parent_node(struct kernfs_node *node)
{
	struct kernfs_node___hidden *hidden = (void *)node;
	struct kernfs_node___plain *plain = (void *)node;

	if (bpf_core_field_exists(hidden->__parent))
		return BPF_CORE_READ(hidden, __parent);
	return BPF_CORE_READ(plain, parent);
}

/* Pages of a kind: 0 files, 1 anonymous, 2 swapped out, 3 shared memory. Never below 0. */
static __always_inline __u64 pages_of(void *mm, int kind)
{
	struct mm_struct___percpu *percpu = mm;
	struct mm_struct___atomic *atomic = mm;
	__s64 pages;

	/* Asked of a type that every kernel has: what the kernel lacks is looked for in its modules, which takes more rights. */
	if (bpf_core_field_exists(atomic->rss_stat))
		pages = BPF_CORE_READ(atomic, rss_stat.count[kind].counter);
	else
		pages = BPF_CORE_READ(percpu, rss_stat[kind].count);
	return pages < 0 ? 0 : pages;
}

static __always_inline void rights_of(const struct cred *cred, struct rights_part *rights)
{
	struct cred___caps *caps = (void *)cred;

	/* Either shape holds the bits in 8 bytes. */
	bpf_core_read(&rights->inheritable, 8, &caps->cap_inheritable);
	bpf_core_read(&rights->permitted, 8, &caps->cap_permitted);
	bpf_core_read(&rights->effective, 8, &caps->cap_effective);
}

#endif
