/** The layout of the stream that the loader writes, as agent/kernel/record.h has it; `STREAM_VERSION` is in the hello. */
export const STREAM_VERSION = 2;

/** Kinds of records. */
export const KIND = {
  SYSCALL: 1,
  EXEC: 2,
  EXIT: 3,
  HEARTBEAT: 4,
  HELLO: 16,
  STATE_BEGIN: 17,
  STATE_THREAD: 18,
  STATE_FILE: 19,
  STATE_END: 20,
  STATS: 21,
  END: 23,
} as const;

/** Bytes of a record before its sections. */
export const HEADER_BYTES = 88;
/** Larger than any record that the kernel part can write. */
export const MAX_RECORD_BYTES = 64 * 1024;

/** Tags of sections. */
export const SECTION = {
  TEXT: 1,
  DATA: 2,
  FILE: 3,
  SOCKET: 4,
  PROCESS: 5,
  MEMORY: 6,
  RIGHTS: 7,
  ADDRESS: 8,
  ARGS: 9,
  ENV: 10,
  PATH: 11,
  CGROUP: 12,
  VALUE: 13,
} as const;

/** Bits of a section's fault byte. */
export const FAULT = { UNREADABLE: 1, TRUNCATED: 2, ROOTLESS: 4 } as const;

/** Which path a path section is. */
export const PATH = { CWD: 0, EXE: 1, ROOT: 2 } as const;

/** The number that stands for a call's result where an argument's is expected. */
export const RETURN = 7;

/** Set in the note of a control group that equals the one before it. */
export const SAME_GROUP = 0x80;

/** Offsets into a process section. */
export const PROCESS = {
  START: 0,
  PIDNS_START: 8,
  FD_LIMIT: 16,
  MAJOR_FAULTS: 24,
  MINOR_FAULTS: 32,
  VM_SIZE: 40,
  VM_RSS: 44,
  VM_SWAP: 48,
  CAP_INHERITABLE: 56,
  CAP_PERMITTED: 64,
  CAP_EFFECTIVE: 72,
  EXE_INODE: 80,
  EXE_CTIME: 88,
  EXE_MTIME: 96,
  PTID: 104,
  VTID: 108,
  VPID: 112,
  PGID: 116,
  VPGID: 120,
  SID: 124,
  UID: 128,
  GID: 132,
  LOGINUID: 136,
  TTY: 140,
  EXE_FLAGS: 144,
  PLACE: 148,
  COMM: 152,
  COMM_BYTES: 16,
} as const;

/** Bits of `PROCESS.PLACE`. */
export const PLACE = { IN_PIDNS: 1, KERNEL_THREAD: 2 } as const;

/** Offsets into a file section. */
export const FILE = { INODE: 0, DEVICE: 8, MODE: 12, FLAGS: 16, FMODE: 20, LAYER: 24, MAGIC: 28 } as const;

/** Offsets into a socket section. */
export const SOCKET = {
  FAMILY: 0,
  TYPE: 2,
  PROTOCOL: 4,
  STATE: 6,
  LOCAL_PORT: 8,
  PEER_PORT: 10,
  BACKLOG: 12,
  MAX_BACKLOG: 16,
  LOCAL: 24,
  PEER: 40,
  SELF: 56,
  OTHER: 64,
  LOCAL_PATH: 72,
  PEER_PATH: 184,
  PATH_BYTES: 112,
} as const;

/** Offsets into a memory section. */
export const MEMORY_PART = { SIZE: 0, RESIDENT: 4, SWAP: 8 } as const;
