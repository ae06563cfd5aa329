import type { ByteString } from './byte-string.ts';
import type { Integer } from './integer.ts';

/** What a trace says about the machine before its first event. Fields that an old file lacks carry the default named here. */

/** The machine a trace was recorded on. */
export interface Machine {
  readonly cpus: number;
  readonly memoryBytes: Integer;
  readonly maxPid: Integer;
  readonly hostname: ByteString;
  /** Nanoseconds since the epoch; 0 before libs 0.10. */
  readonly bootTime: bigint;
  /** Machine flags as recorded, kept so that a file can be written back whole. */
  readonly flags: Integer;
}

/** A network interface; addresses are 4 or 16 bytes in network order. */
export interface NetworkInterface {
  readonly name: ByteString;
  readonly address: ByteString;
  readonly netmask: ByteString;
  readonly broadcast: ByteString;
  readonly linkSpeed: Integer | undefined;
}

/** An account of the host. */
export interface UserEntry {
  readonly uid: number;
  readonly gid: number;
  readonly name: ByteString;
  readonly home: ByteString;
  readonly shell: ByteString;
}

/** A group of the host. */
export interface GroupEntry {
  readonly gid: number;
  readonly name: ByteString;
}

/** A thread that was alive when the recording began. -1 (0xffffffff for user and group ids) is unknown. */
export interface ProcessEntry {
  readonly tid: number;
  readonly pid: number;
  readonly ptid: number;
  readonly sid: number;
  readonly pgid: number;
  readonly vpgid: number;
  readonly vtid: number;
  readonly vpid: number;
  readonly comm: ByteString;
  readonly exe: ByteString;
  readonly exepath: ByteString;
  readonly args: readonly ByteString[];
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  readonly root: ByteString;
  /** `subsystem=path` each. */
  readonly cgroups: readonly ByteString[];
  readonly fdLimit: Integer;
  /** Bits of `PPM_CL_*`. */
  readonly flags: number;
  readonly uid: number;
  readonly gid: number;
  readonly loginuid: number;
  readonly vmSize: number;
  readonly vmRss: number;
  readonly vmSwap: number;
  readonly majorFaults: Integer;
  readonly minorFaults: Integer;
  readonly exeWritable: boolean;
  readonly exeUpperLayer: boolean;
  readonly exeLowerLayer: boolean;
  readonly exeFromMemfd: boolean;
  readonly capInheritable: Integer;
  readonly capPermitted: Integer;
  readonly capEffective: Integer;
  readonly exeInode: Integer;
  /** Nanoseconds since the epoch. */
  readonly exeCtime: Integer;
  readonly exeMtime: Integer;
  readonly pidnsInitStart: Integer;
  readonly tty: number;
}

/** Kinds of open files, by scap's number. */
export const FILE_KINDS = [
  'unknown',
  'file',
  'directory',
  'ipv4',
  'ipv6',
  'ipv4-server',
  'ipv6-server',
  'fifo',
  'unix',
  'event',
  'unsupported',
  'signalfd',
  'eventpoll',
  'inotify',
  'timerfd',
  'netlink',
  'file',
  'bpf',
  'userfaultfd',
  'io_uring',
  'memfd',
  'pidfd',
] as const;

/** A kind of open file. */
export type FileKind = (typeof FILE_KINDS)[number];

/** Transport protocols of a socket, by scap's number. */
export const L4_PROTOCOLS = ['unknown', '<NA>', 'tcp', 'udp', 'icmp', 'raw'] as const;

/** A file that was open when the recording began. */
export interface FileEntry {
  readonly fd: number;
  readonly inode: Integer;
  readonly kind: FileKind;
  /** scap's number of the kind, since 1 and 16 are both files. */
  readonly kindCode: number;
  readonly name: ByteString;
  /** `PPM_O_*` bits and device; 0 for kinds that have none. */
  readonly openFlags: number;
  readonly device: number;
  /** Addresses of 4 or 16 bytes and ports for internet sockets; a server socket has only the local pair. */
  readonly sourceIp: ByteString;
  readonly destIp: ByteString;
  readonly sourcePort: number;
  readonly destPort: number;
  /** Index into `L4_PROTOCOLS`. */
  readonly l4: number;
  /** Kernel addresses of a unix socket pair. */
  readonly sourcePointer: Integer;
  readonly destPointer: Integer;
}
