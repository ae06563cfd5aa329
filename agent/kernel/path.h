/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * Paths and control groups, told leaf first, each element ended by a NUL; user space turns them round. The walk is a
 * callback of bpf_loop, because verified step by step it exceeds what kernel 6.1 is willing to look at.
 */
#ifndef CREANCE_PATH_H
#define CREANCE_PATH_H

#define PATH_STEPS 128
#define NAME_BYTES 256

struct walk {
	struct dentry *dentry;
	struct mount *mount;
	struct kernfs_node *node;
	__u64 used;
	__u32 slot;
	__u32 elements;
};

/* Appends a name to the section being written. False where it ends for lack of room. */
static __always_inline int append_name(struct walk *walk, const void *name)
{
	struct scratch *s = scratch_of(walk->slot);
	__u64 used = walk->used, at;
	long read;

	if (!s)
		return 0;
	at = s->at + SECTION_BYTES + used;
	if (used > TEXT_BYTES - NAME_BYTES)
		return 0;
	barrier_var(at);
	if (at > SCRATCH_BYTES - NAME_BYTES)
		return 0;
	read = bpf_probe_read_kernel_str(s->bytes + at, NAME_BYTES, name);
	if (read <= 0)
		return 0;
	walk->used = used + read;
	walk->elements++;
	return 1;
}

static long path_step(__u32 index, void *context)
{
	struct walk *walk = context;
	struct dentry *dentry = walk->dentry;
	struct mount *mount = walk->mount, *above;
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

	if (dentry == BPF_CORE_READ(mount, mnt.mnt_root) || dentry == parent) {
		above = BPF_CORE_READ(mount, mnt_parent);
		if (above == mount)
			return 1;
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk->mount = above;
		return 0;
	}
	if (!append_name(walk, BPF_CORE_READ(dentry, d_name.name)))
		return 1;
	walk->dentry = parent;
	return 0;
}

/* Writes where a file or folder is, from the root of its mount namespace on. */
__noinline int put_path(__u64 dentry_address, __u64 mount_address, __u32 slot, __u32 note)
{
	struct scratch *s = scratch_of(slot);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	struct walk walk = { .slot = slot };
	__u8 fault = 0;

	if (!section || !dentry_address)
		return 0;
	walk.dentry = (void *)dentry_address;
	walk.mount = (void *)(mount_address - bpf_core_field_offset(struct mount, mnt));
	bpf_loop(PATH_STEPS, path_step, &walk, 0);
	if (walk.elements == 0) {
		struct qstr name = BPF_CORE_READ((struct dentry *)dentry_address, d_name);

		walk.used = 0;
		append_name(&walk, name.name);
		fault = SECTION_ROOTLESS;
	}
	end_section(s, section, SECTION_PATH, note, fault, walk.used & SIZE_MASK);
	return 0;
}

static long group_step(__u32 index, void *context)
{
	struct walk *walk = context;
	struct kernfs_node *node = walk->node, *parent = parent_node(node);

	/* The root of the hierarchy has no name of its own. */
	if (!node || !parent)
		return 1;
	if (!append_name(walk, BPF_CORE_READ(node, name)))
		return 1;
	walk->node = parent;
	return 0;
}

/* Set in the note of a group that is the same as the one before it; it has no bytes then. */
#define SAME_GROUP 0x80

/* Writes the group of one subsystem. */
__noinline int put_group(__u64 node_address, __u32 slot, __u32 note)
{
	struct scratch *s = scratch_of(slot);
	struct section_header *section = s ? begin_section(s, TEXT_BYTES) : 0;
	struct walk walk = { .slot = slot };

	if (!section)
		return 0;
	walk.node = (void *)node_address;
	if (node_address)
		bpf_loop(PATH_STEPS, group_step, &walk, 0);
	end_section(s, section, SECTION_CGROUP, note, 0, walk.used & SIZE_MASK);
	return 0;
}

#endif
