/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* What is told of a thread and of its program: numbers, paths, control groups. */
#ifndef CREANCE_PROCESS_H
#define CREANCE_PROCESS_H

#define OVERLAYFS_MAGIC 0x794c7630
#define PAGE_KB 4
#define SUPER_READ_ONLY 1
#define INODE_IMMUTABLE 8
#define MAY_WRITE_BIT 2
#define CAP_DAC_OVERRIDE_BIT 1
#define CAP_FOWNER_BIT 3
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000
#define KERNEL_THREAD 0x00200000
#define NO_ID ((__u32)-1)

static __always_inline __u32 encoded_device(__u32 device)
{
	__u32 major = device >> 20, minor = device & 0xfffff;

	return (minor & 0xff) | (major << 8) | ((minor & ~0xffu) << 12);
}

/* An overlay file with a dentry of its own in the upper layer lies there; the field follows the inode proper. */
static __always_inline __u32 overlay_layer(struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry), *upper = 0;
	void *inode = BPF_CORE_READ(dentry, d_inode);

	if (BPF_CORE_READ(dentry, d_sb, s_magic) != OVERLAYFS_MAGIC)
		return 0;
	bpf_probe_read_kernel(&upper, sizeof(upper), inode + bpf_core_type_size(struct inode));
	if (upper && BPF_CORE_READ(upper, d_inode, i_ino) != 0)
		return 1;
	return 2;
}

static __always_inline int is_memfd(struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	char name[8] = {};

	if (BPF_CORE_READ(dentry, d_parent) != dentry)
		return 0;
	bpf_probe_read_kernel_str(name, 7, BPF_CORE_READ(dentry, d_name.name));
	return name[0] == 'm' && name[1] == 'e' && name[2] == 'm' && name[3] == 'f' && name[4] == 'd' && name[5] == ':';
}

/* Whether a thread could write to its own program, by owner, mode and capabilities; supplementary groups are not asked. */
static __always_inline int may_write(struct task_struct *task, struct inode *inode)
{
	__u32 mode = BPF_CORE_READ(inode, i_mode), uid = BPF_CORE_READ(inode, i_uid.val);
	__u32 gid = BPF_CORE_READ(inode, i_gid.val);
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct rights_part rights = {};

	if (BPF_CORE_READ(inode, i_sb, s_flags) & SUPER_READ_ONLY || BPF_CORE_READ(inode, i_flags) & INODE_IMMUTABLE)
		return 0;
	if (uid == NO_ID || gid == NO_ID)
		return 0;
	if (BPF_CORE_READ(cred, fsuid.val) == uid)
		return 1;
	if (BPF_CORE_READ(cred, fsgid.val) == gid)
		mode >>= 3;
	if (mode & MAY_WRITE_BIT)
		return 1;
	rights_of(cred, &rights);
	return (rights.effective >> CAP_DAC_OVERRIDE_BIT | rights.effective >> CAP_FOWNER_BIT) & 1;
}

static __always_inline void memory_of(struct task_struct *task, struct memory_part *memory)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);

	__builtin_memset(memory, 0, sizeof(*memory));
	if (!mm)
		return;
	memory->size_kb = BPF_CORE_READ(mm, total_vm) * PAGE_KB;
	memory->resident_kb = (pages_of(mm, 0) + pages_of(mm, 1) + pages_of(mm, 3)) * PAGE_KB;
	memory->swap_kb = pages_of(mm, 2) * PAGE_KB;
}

/* An id as the innermost namespace of its holder sees it. */
static __always_inline __u32 inner_id(struct pid *pid)
{
	__u32 level = BPF_CORE_READ(pid, level);
	struct upid *numbers = (void *)pid + bpf_core_field_offset(struct pid, numbers);
	__u32 id = 0;

	if (!pid)
		return 0;
	bpf_probe_read_kernel(&id, sizeof(id),
			      (void *)numbers + level * bpf_core_type_size(struct upid) + bpf_core_field_offset(struct upid, nr));
	return id;
}

static __always_inline struct pid_namespace *namespace_of(struct pid *pid)
{
	__u32 level = BPF_CORE_READ(pid, level);
	struct upid *numbers = (void *)pid + bpf_core_field_offset(struct pid, numbers);
	struct pid_namespace *ns = 0;

	bpf_probe_read_kernel(&ns, sizeof(ns),
			      (void *)numbers + level * bpf_core_type_size(struct upid) + bpf_core_field_offset(struct upid, ns));
	return ns;
}

static __always_inline __u32 terminal_of(struct signal_struct *signal)
{
	struct tty_struct *tty = BPF_CORE_READ(signal, tty);
	struct tty_driver *driver;

	if (!tty)
		return 0;
	driver = BPF_CORE_READ(tty, driver);
	return encoded_device((__u32)BPF_CORE_READ(driver, major) << 20 |
			      ((__u32)(BPF_CORE_READ(driver, minor_start) + BPF_CORE_READ(tty, index)) & 0xfffff));
}

static __always_inline void take_ids(struct task_struct *task, struct signal_struct *signal, struct process_part *part)
{
	struct pid *pid = BPF_CORE_READ(task, thread_pid), *group = BPF_CORE_READ(signal, pids[PIDTYPE_PGID]);
	struct pid_namespace *ns = namespace_of(pid), *for_children = BPF_CORE_READ(task, nsproxy, pid_ns_for_children);
	struct task_struct *first = BPF_CORE_READ(ns, child_reaper);

	part->ptid = BPF_CORE_READ(task, real_parent, pid);
	part->vtid = inner_id(pid);
	part->vpid = inner_id(BPF_CORE_READ(signal, pids[PIDTYPE_TGID]));
	part->pgid = BPF_CORE_READ(group, numbers[0].nr);
	part->vpgid = inner_id(group);
	part->sid = BPF_CORE_READ(signal, pids[PIDTYPE_SID], numbers[0].nr);
	part->pidns_start = BPF_CORE_READ(first, start_boottime);
	part->place = BPF_CORE_READ(ns, level) > 0 || (for_children && for_children != ns) ? PLACE_IN_PIDNS : 0;
	if (BPF_CORE_READ(task, flags) & KERNEL_THREAD)
		part->place |= PLACE_KERNEL_THREAD;
}

static __always_inline void take_program(struct task_struct *task, struct process_part *part)
{
	struct file *file = BPF_CORE_READ(task, mm, exe_file);
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	__u32 layer;

	part->exe_inode = part->exe_ctime = part->exe_mtime = 0;
	part->exe_flags = 0;
	if (!file)
		return;
	layer = overlay_layer(file);
	part->exe_inode = BPF_CORE_READ(inode, i_ino);
	part->exe_ctime = change_time(inode);
	part->exe_mtime = modification_time(inode);
	part->exe_flags = (may_write(task, inode) ? EXE_WRITABLE : 0) | (is_memfd(file) ? EXE_FROM_MEMFD : 0) |
			  (layer == 1 ? EXE_UPPER_LAYER : layer == 2 ? EXE_LOWER_LAYER : 0);
}

/* The numbers of a thread. */
__noinline int put_process(__u64 task_address, __u32 slot)
{
	struct task_struct *task = (void *)task_address;
	struct scratch *s = scratch_of(slot);
	struct section_header *section = s ? begin_section(s, sizeof(struct process_part)) : 0;
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct process_part *part;

	if (!section)
		return 0;
	part = body_of(section);
	part->start = BPF_CORE_READ(task, start_boottime);
	part->fd_limit = BPF_CORE_READ(signal, rlim[7].rlim_cur);
	part->major_faults = BPF_CORE_READ(task, maj_flt);
	part->minor_faults = BPF_CORE_READ(task, min_flt);
	memory_of(task, &part->memory);
	rights_of(cred, &part->rights);
	take_ids(task, signal, part);
	take_program(task, part);
	part->uid = BPF_CORE_READ(cred, euid.val);
	part->gid = BPF_CORE_READ(cred, egid.val);
	part->loginuid = NO_ID;
	if (bpf_core_field_exists(task->loginuid))
		part->loginuid = BPF_CORE_READ(task, loginuid.val);
	part->tty = terminal_of(signal);
	bpf_probe_read_kernel_str(part->comm, sizeof(part->comm), task->comm);
	end_section(s, section, SECTION_PROCESS, 0, 0, sizeof(struct process_part));
	return 0;
}

/* Paths and control groups of a thread. */
static __always_inline void put_places(struct task_struct *task, __u32 slot, int with_root)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct file *exe = BPF_CORE_READ(task, mm, exe_file);

	if (fs)
		put_path((__u64)BPF_CORE_READ(fs, pwd.dentry), (__u64)BPF_CORE_READ(fs, pwd.mnt), slot, PATH_CWD);
	if (fs && with_root)
		put_path((__u64)BPF_CORE_READ(fs, root.dentry), (__u64)BPF_CORE_READ(fs, root.mnt), slot, PATH_ROOT);
	if (exe)
		put_path((__u64)BPF_CORE_READ(exe, f_path.dentry), (__u64)BPF_CORE_READ(exe, f_path.mnt), slot, PATH_EXE);
}

static __always_inline __u64 group_of(struct css_set *groups, __u32 subsystem)
{
	struct cgroup_subsys_state *state = BPF_CORE_READ(groups, subsys[subsystem & 15]);

	return (__u64)BPF_CORE_READ(state, cgroup, kn);
}

#define PUT_GROUP(index, name)                                                                           \
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, name##_cgrp_id)) {                         \
		node = group_of(groups, bpf_core_enum_value(enum cgroup_subsys_id, name##_cgrp_id));     \
		put_group(node == before ? 0 : node, slot, index | (node == before ? SAME_GROUP : 0));   \
		before = node;                                                                           \
	}

/* The five subsystems that tell of containers, in the order in which captures have them. */
static __always_inline void put_groups(struct task_struct *task, __u32 slot)
{
	struct css_set *groups = BPF_CORE_READ(task, cgroups);
	__u64 node, before = 0;

	PUT_GROUP(0, cpuset);
	PUT_GROUP(1, cpu);
	PUT_GROUP(2, cpuacct);
	PUT_GROUP(3, io);
	PUT_GROUP(4, memory);
}

#endif
