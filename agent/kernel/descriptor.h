/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* What is behind a descriptor: a file, or a socket with both its ends. */
#ifndef CREANCE_DESCRIPTOR_H
#define CREANCE_DESCRIPTOR_H

#define FAMILY_UNIX 1
#define FAMILY_INET 2
#define FAMILY_INET6 10

/*
 * A field of an object whose first bytes were copied; read by itself on a kernel that keeps it further behind. The
 * verifier knows both numbers, so only one of the two ways is in the program that runs.
 */
#define COPIED(copy, object, type, field)                                                                \
	({                                                                                               \
		__typeof__(((type *)0)->field) value;                                                    \
		__u64 offset = bpf_core_field_offset(type, field);                                       \
                                                                                                         \
		if (offset + sizeof(value) <= sizeof(copy))                                              \
			value = *(__typeof__(value) *)((void *)(copy) + offset);                         \
		else                                                                                     \
			bpf_probe_read_kernel((void *)&value, sizeof(value), (void *)(object) + offset); \
		value;                                                                                   \
	})

/* The file behind a descriptor of the calling thread. */
static __always_inline struct file *file_of(__s64 fd)
{
	struct fdtable *table = bpf_get_current_task_btf()->files->fdt;
	struct file **list = table->fd, *file = 0;

	if (fd < 0 || fd >= table->max_fds)
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), list + fd);
	return file;
}

__noinline int put_file(__u64 file_address, __u32 slot, __u32 note)
{
	struct file *file = (void *)file_address;
	struct scratch *s = scratch_of(slot);
	struct section_header *section = s ? begin_section(s, sizeof(struct file_part)) : 0;
	struct file_part *part;
	struct inode *inode;
	struct super_block *super;

	if (!section || !file)
		return 0;
	bpf_probe_read_kernel(s->copies.file, FILE_COPY, file);
	inode = COPIED(s->copies.file, file, struct file, f_inode);
	bpf_probe_read_kernel(s->copies.inode, INODE_COPY, inode);
	super = COPIED(s->copies.inode, inode, struct inode, i_sb);
	bpf_probe_read_kernel(s->copies.super, SUPER_COPY, super);
	part = body_of(section);
	part->inode = COPIED(s->copies.inode, inode, struct inode, i_ino);
	part->device = encoded_device(COPIED(s->copies.super, super, struct super_block, s_dev));
	part->mode = COPIED(s->copies.inode, inode, struct inode, i_mode);
	part->flags = COPIED(s->copies.file, file, struct file, f_flags);
	part->fmode = (__u32)COPIED(s->copies.file, file, struct file, f_mode);
	part->magic = COPIED(s->copies.super, super, struct super_block, s_magic);
	part->layer = part->magic == OVERLAYFS_MAGIC ? overlay_layer(file) : 0;
	end_section(s, section, SECTION_FILE, note, 0, sizeof(struct file_part));
	return 0;
}

static __always_inline void take_internet(const struct copies *copies, struct sock *sk, struct socket_part *part)
{
	struct inet_sock *inet = (void *)sk;
	struct in6_addr peer;
	__u16 port;

	port = BPF_CORE_READ(inet, inet_sport);
	part->local_port = bpf_ntohs(port);
	port = COPIED(copies->sock, sk, struct sock, __sk_common.skc_dport);
	part->peer_port = bpf_ntohs(port);
	if (part->family == FAMILY_INET) {
		__u32 address = COPIED(copies->sock, sk, struct sock, __sk_common.skc_daddr);

		__builtin_memcpy(part->peer, &address, 4);
		bpf_core_read(part->local, 4, &inet->inet_saddr);
		return;
	}
	peer = COPIED(copies->sock, sk, struct sock, __sk_common.skc_v6_daddr);
	__builtin_memcpy(part->peer, &peer, 16);
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
	bpf_probe_read_kernel(s->copies.sock, SOCK_COPY, sk);
	part = body_of(section);
	__builtin_memset(part, 0, SOCKET_PART_INTERNET);
	part->family = COPIED(s->copies.sock, sk, struct sock, __sk_common.skc_family);
	part->state = COPIED(s->copies.sock, sk, struct sock, __sk_common.skc_state);
	part->type = BPF_CORE_READ(sk, sk_type);
	part->protocol = BPF_CORE_READ(sk, sk_protocol);
	part->backlog = BPF_CORE_READ(sk, sk_ack_backlog);
	part->max_backlog = BPF_CORE_READ(sk, sk_max_ack_backlog);
	if (part->family == FAMILY_INET || part->family == FAMILY_INET6)
		take_internet(&s->copies, sk, part);
	if (part->family == FAMILY_UNIX)
		take_unix(sk, part);
	end_section(s, section, SECTION_SOCKET, note, 0,
		    part->family == FAMILY_UNIX ? sizeof(struct socket_part) : SOCKET_PART_INTERNET);
	return 0;
}

#endif
