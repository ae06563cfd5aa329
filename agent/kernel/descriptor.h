/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* What is behind a descriptor: a file, or a socket with both its ends. */
#ifndef CREANCE_DESCRIPTOR_H
#define CREANCE_DESCRIPTOR_H

#define FAMILY_UNIX 1
#define FAMILY_INET 2
#define FAMILY_INET6 10

static __always_inline struct file *file_of(struct task_struct *task, __s64 fd)
{
	struct files_struct *files = BPF_CORE_READ(task, files);
	struct fdtable *table = BPF_CORE_READ(files, fdt);
	struct file **list = BPF_CORE_READ(table, fd), *file = 0;

	if (fd < 0 || fd >= BPF_CORE_READ(table, max_fds))
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), list + fd);
	return file;
}

__noinline int put_file(__u64 file_address, __u32 slot, __u32 note)
{
	struct file *file = (void *)file_address;
	struct scratch *s = scratch_of(slot);
	struct section_header *section = s ? begin_section(s, sizeof(struct file_part)) : 0;
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct file_part *part;

	if (!section || !file)
		return 0;
	part = body_of(section);
	part->inode = BPF_CORE_READ(inode, i_ino);
	part->device = encoded_device(BPF_CORE_READ(inode, i_sb, s_dev));
	part->mode = BPF_CORE_READ(inode, i_mode);
	part->flags = BPF_CORE_READ(file, f_flags);
	part->fmode = (__u32)BPF_CORE_READ(file, f_mode);
	part->layer = overlay_layer(file);
	part->magic = BPF_CORE_READ(inode, i_sb, s_magic);
	end_section(s, section, SECTION_FILE, note, 0, sizeof(struct file_part));
	return 0;
}

static __always_inline void take_internet(struct sock *sk, struct socket_part *part)
{
	struct inet_sock *inet = (void *)sk;
	__u16 port;

	port = BPF_CORE_READ(inet, inet_sport);
	part->local_port = bpf_ntohs(port);
	port = BPF_CORE_READ(sk, __sk_common.skc_dport);
	part->peer_port = bpf_ntohs(port);
	if (part->family == FAMILY_INET) {
		bpf_core_read(part->local, 4, &inet->inet_saddr);
		bpf_core_read(part->peer, 4, &sk->__sk_common.skc_daddr);
		return;
	}
	bpf_core_read(part->peer, 16, &sk->__sk_common.skc_v6_daddr);
	bpf_probe_read_kernel(part->local, 16,
			      (void *)BPF_CORE_READ(inet, pinet6) + bpf_core_field_offset(struct ipv6_pinfo, saddr));
}

/* The name of a unix socket; an abstract one without the NUL that it begins with. */
static __always_inline void take_name(struct unix_sock *sock, __u8 *to)
{
	struct unix_address *address = BPF_CORE_READ(sock, addr);
	void *name;
	__u8 first = 0;

	to[0] = 0;
	if (!address)
		return;
	name = (void *)address + bpf_core_field_offset(struct unix_address, name) + 2;
	bpf_probe_read_kernel(&first, 1, name);
	bpf_probe_read_kernel_str(to, 109, first ? name : name + 1);
}

static __always_inline void take_unix(struct sock *sk, struct socket_part *part)
{
	struct unix_sock *own = (void *)sk;
	struct sock *other = BPF_CORE_READ(own, peer);

	part->self = (__u64)sk;
	part->other = (__u64)other;
	take_name(own, part->local_path);
	part->peer_path[0] = 0;
	if (other)
		take_name((struct unix_sock *)other, part->peer_path);
}

__noinline int put_socket(__u64 file_address, __u32 slot, __u32 note)
{
	struct file *file = (void *)file_address;
	struct scratch *s = scratch_of(slot);
	struct section_header *section = s ? begin_section(s, sizeof(struct socket_part)) : 0;
	struct socket *socket;
	struct socket_part *part;
	struct sock *sk;

	if (!section || !file || (BPF_CORE_READ(file, f_inode, i_mode) & MODE_TYPE) != MODE_SOCKET)
		return 0;
	socket = BPF_CORE_READ(file, private_data);
	sk = BPF_CORE_READ(socket, sk);
	if (!sk)
		return 0;
	part = body_of(section);
	__builtin_memset(part, 0, SOCKET_PART_INTERNET);
	part->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	part->type = BPF_CORE_READ(sk, sk_type);
	part->protocol = BPF_CORE_READ(sk, sk_protocol);
	part->state = BPF_CORE_READ(sk, __sk_common.skc_state);
	part->backlog = BPF_CORE_READ(sk, sk_ack_backlog);
	part->max_backlog = BPF_CORE_READ(sk, sk_max_ack_backlog);
	if (part->family == FAMILY_INET || part->family == FAMILY_INET6)
		take_internet(sk, part);
	if (part->family == FAMILY_UNIX)
		take_unix(sk, part);
	end_section(s, section, SECTION_SOCKET, note, 0,
		    part->family == FAMILY_UNIX ? sizeof(struct socket_part) : SOCKET_PART_INTERNET);
	return 0;
}

#endif
