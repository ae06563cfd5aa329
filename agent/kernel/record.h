/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * What the kernel part tells and the loader passes on: records back to back, little endian, each a multiple of 8 bytes.
 * agent/stream/record.ts reads the same layout; a change here is a change there and a new STREAM_VERSION.
 */
#ifndef CREANCE_RECORD_H
#define CREANCE_RECORD_H

#define STREAM_VERSION 2
#define MAX_SYSCALLS 512
#define MAX_CPUS 512
#define MAX_SCOPES 8
/* Bytes of a buffer that are told at most. */
#define MAX_SNAPLEN 2000
#define CATEGORIES 8
/* The number under which the end of a thread is counted and selected: no syscall has it. */
#define PROCEXIT 511

/* What is done with a syscall: bits of its place in the selection. */
#define TELL_RECORD 1
#define TELL_HEARTBEAT 2
/* The call by which the loader says who it is, and that all is well: getpgid of a number that nobody else knows. */
#define SYSCALL_HEARTBEAT 121

enum record_kind {
	RECORD_SYSCALL = 1,
	RECORD_EXEC = 2,
	RECORD_EXIT = 3,
	/* A call that the loader makes to see it come back. Counted neither as seen nor as sent. */
	RECORD_HEARTBEAT = 4,
	/* From here on written by the loader. */
	RECORD_HELLO = 16,
	RECORD_STATE_BEGIN = 17,
	RECORD_STATE_THREAD = 18,
	RECORD_STATE_FILE = 19,
	RECORD_STATE_END = 20,
	RECORD_STATS = 21,
	RECORD_END = 23,
};

struct record_header {
	__u32 length;
	__u16 kind;
	__u16 syscall;
	/* Nanoseconds since boot, suspended time included. */
	__u64 time;
	/* Ids as the first pid namespace sees them. */
	__u32 tid;
	__u32 pid;
	__s64 result;
	__u32 cpu;
	__u32 flags;
	__u64 args[6];
};

/* Flags of a record: a part was left out for lack of room. */
#define RECORD_CUT 1

enum section_tag {
	SECTION_TEXT = 1,
	SECTION_DATA = 2,
	SECTION_FILE = 3,
	SECTION_SOCKET = 4,
	SECTION_PROCESS = 5,
	SECTION_MEMORY = 6,
	SECTION_RIGHTS = 7,
	SECTION_ADDRESS = 8,
	SECTION_ARGS = 9,
	SECTION_ENV = 10,
	SECTION_PATH = 11,
	SECTION_CGROUP = 12,
	SECTION_VALUE = 13,
};

/* Which path a SECTION_PATH is. */
enum path_note { PATH_CWD = 0, PATH_EXE = 1, PATH_ROOT = 2 };

/* Bits of a section's fault byte. */
#define SECTION_FAULT 1
#define SECTION_TRUNCATED 2
/* A path whose last element has no parent: it has no slash before it (memfd:NAME, pipe). */
#define SECTION_ROOTLESS 4

/* In STATE_END: no state was told, /proc is to be asked. */
#define STATE_BY_PROC (1ull << 32)

struct section_header {
	__u8 tag;
	/* The argument it belongs to, RETURN for the result, or one of the notes above. */
	__u8 note;
	__u8 fault;
	__u8 pad;
	/* Bytes that follow, without the padding to 8. */
	__u32 length;
};

/* Stands for the result where an argument's number is expected. */
#define RETURN 7

struct file_part {
	__u64 inode;
	__u32 device;
	__u32 mode;
	__u32 flags;
	__u32 fmode;
	/* 0 not on an overlay, 1 its upper layer, 2 its lower. */
	__u32 layer;
	__u32 magic;
};

struct socket_part {
	__u16 family;
	__u16 type;
	__u16 protocol;
	__u8 state;
	__u8 pad;
	__u16 local_port;
	__u16 peer_port;
	__u32 backlog;
	__u32 max_backlog;
	__u32 pad2;
	__u8 local[16];
	__u8 peer[16];
	/* Kernel addresses of a unix socket and of its other end. */
	__u64 self;
	__u64 other;
	__u8 local_path[112];
	__u8 peer_path[112];
};
/* What of it is written for a socket that is not a unix one. */
#define SOCKET_PART_INTERNET 72

struct memory_part {
	__u32 size_kb;
	__u32 resident_kb;
	__u32 swap_kb;
	__u32 pad;
};

struct rights_part {
	__u64 inheritable;
	__u64 permitted;
	__u64 effective;
};

struct process_part {
	__u64 start;
	__u64 pidns_start;
	__u64 fd_limit;
	__u64 major_faults;
	__u64 minor_faults;
	struct memory_part memory;
	struct rights_part rights;
	__u64 exe_inode;
	/* Nanoseconds since the epoch. */
	__u64 exe_ctime;
	__u64 exe_mtime;
	__u32 ptid;
	__u32 vtid;
	__u32 vpid;
	__u32 pgid;
	__u32 vpgid;
	__u32 sid;
	__u32 uid;
	__u32 gid;
	__u32 loginuid;
	__u32 tty;
	/* Bits of EXE_*. */
	__u32 exe_flags;
	/* Bits of PLACE_*. */
	__u32 place;
	char comm[16];
};

#define EXE_WRITABLE 1
#define EXE_UPPER_LAYER 2
#define EXE_FROM_MEMFD 4
#define EXE_LOWER_LAYER 8

/* In a pid namespace below the first, or its children will be. */
#define PLACE_IN_PIDNS 1
#define PLACE_KERNEL_THREAD 2

/* Exact: seen = sent + dropped, by category; filtered and foreign are not among the seen. */
struct counters {
	__u64 seen[CATEGORIES];
	__u64 sent[CATEGORIES];
	__u64 dropped[CATEGORIES];
	/* Outside of the control groups asked for. */
	__u64 filtered;
	/* Calls by the tables of 32-bit programs, which are not recorded. */
	__u64 foreign;
	/* Texts that could not be read, and parts left out for lack of room. */
	__u64 faults;
	__u64 cuts;
};

struct hello_part {
	__u32 version;
	__u32 cpus;
	/* Added to a time since boot gives a time since the epoch, in nanoseconds. */
	__u64 epoch;
	__u64 ring_bytes;
	__u64 memory_bytes;
	__u32 snaplen;
	__u32 own_pid;
	char release[64];
	char hostname[64];
};

struct stats_part {
	struct counters total;
	/* Records taken out of the ring. */
	__u64 received;
	/* Bytes in the ring when it was looked at. */
	__u64 ring_fill;
	__u64 epoch;
};

#endif
