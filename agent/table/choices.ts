import { paramInfo } from '../../engine/model/event-flags.ts';
import { eventCode } from '../../engine/model/event-types.ts';
import { choice, type Translation } from './flags.ts';

/** What fcntl is asked to do, by the kernel's number. */
const FCNTL: Readonly<Record<string, number>> = {
  F_DUPFD: 0,
  F_GETFD: 1,
  F_SETFD: 2,
  F_GETFL: 3,
  F_SETFL: 4,
  F_GETLK: 5,
  F_SETLK: 6,
  F_SETLKW: 7,
  F_SETOWN: 8,
  F_GETOWN: 9,
  F_SETSIG: 10,
  F_GETSIG: 11,
  F_SETOWN_EX: 15,
  F_GETOWN_EX: 16,
  F_OFD_GETLK: 36,
  F_OFD_SETLK: 37,
  F_OFD_SETLKW: 38,
  F_SETLEASE: 1024,
  F_GETLEASE: 1025,
  F_NOTIFY: 1026,
  F_CANCELLK: 1029,
  F_DUPFD_CLOEXEC: 1030,
  F_SETPIPE_SZ: 1031,
  F_GETPIPE_SZ: 1032,
};

/** Options of SOL_SOCKET, by the kernel's number. */
const SOCKET_OPTION: Readonly<Record<string, number>> = {
  SO_DEBUG: 1,
  SO_REUSEADDR: 2,
  SO_TYPE: 3,
  SO_ERROR: 4,
  SO_DONTROUTE: 5,
  SO_BROADCAST: 6,
  SO_SNDBUF: 7,
  SO_RCVBUF: 8,
  SO_KEEPALIVE: 9,
  SO_OOBINLINE: 10,
  SO_PRIORITY: 12,
  SO_LINGER: 13,
  SO_REUSEPORT: 15,
  SO_PASSCRED: 16,
  SO_PEERCRED: 17,
  SO_RCVLOWAT: 18,
  SO_SNDLOWAT: 19,
  SO_RCVTIMEO: 20,
  SO_SNDTIMEO: 21,
  SO_BINDTODEVICE: 25,
  SO_ATTACH_FILTER: 26,
  SO_DETACH_FILTER: 27,
  SO_PEERNAME: 28,
  SO_TIMESTAMP: 29,
  SO_ACCEPTCONN: 30,
  SO_PEERSEC: 31,
  SO_SNDBUFFORCE: 32,
  SO_RCVBUFFORCE: 33,
  SO_PASSSEC: 34,
  SO_TIMESTAMPNS: 35,
  SO_MARK: 36,
  SO_TIMESTAMPING: 37,
  SO_PROTOCOL: 38,
  SO_DOMAIN: 39,
  SO_RXQ_OVFL: 40,
  SO_WIFI_STATUS: 41,
  SO_PEEK_OFF: 42,
  SO_NOFCS: 43,
  SO_LOCK_FILTER: 44,
  SO_SELECT_ERR_QUEUE: 45,
  SO_BUSY_POLL: 46,
  SO_MAX_PACING_RATE: 47,
  SO_BPF_EXTENSIONS: 48,
  SO_INCOMING_CPU: 49,
  SO_ATTACH_BPF: 50,
  SO_PEERGROUPS: 59,
  SO_MEMINFO: 55,
  SO_COOKIE: 57,
};

/** What ptrace is asked to do, where the kernel's number is not below 34. */
const PTRACE: Readonly<Record<string, number>> = {
  PTRACE_SETOPTIONS: 0x4200,
  PTRACE_GETEVENTMSG: 0x4201,
  PTRACE_GETSIGINFO: 0x4202,
  PTRACE_SETSIGINFO: 0x4203,
  PTRACE_GETREGSET: 0x4204,
  PTRACE_SETREGSET: 0x4205,
  PTRACE_SEIZE: 0x4206,
  PTRACE_INTERRUPT: 0x4207,
  PTRACE_LISTEN: 0x4208,
  PTRACE_PEEKSIGINFO: 0x4209,
  PTRACE_GETSIGMASK: 0x420a,
  PTRACE_SETSIGMASK: 0x420b,
  PTRACE_TRACEME: 0,
  PTRACE_PEEKTEXT: 1,
  PTRACE_PEEKDATA: 2,
  PTRACE_PEEKUSR: 3,
  PTRACE_POKETEXT: 4,
  PTRACE_POKEDATA: 5,
  PTRACE_POKEUSR: 6,
  PTRACE_CONT: 7,
  PTRACE_KILL: 8,
  PTRACE_SINGLESTEP: 9,
  PTRACE_GETREGS: 12,
  PTRACE_SETREGS: 13,
  PTRACE_GETFPREGS: 14,
  PTRACE_SETFPREGS: 15,
  PTRACE_ATTACH: 16,
  PTRACE_DETACH: 17,
  PTRACE_GETFPXREGS: 18,
  PTRACE_SETFPXREGS: 19,
  PTRACE_OLDSETOPTIONS: 21,
  PTRACE_SYSCALL: 24,
  PTRACE_GET_THREAD_AREA: 25,
  PTRACE_SET_THREAD_AREA: 26,
  PTRACE_ARCH_PRCTL: 30,
  PTRACE_SYSEMU: 31,
  PTRACE_SYSEMU_SINGLESTEP: 32,
  PTRACE_SINGLEBLOCK: 33,
};

/** fcntl's command as scap numbers it; 0 is unknown. */
export const fcntlCommand = byName('SYSCALL_FCNTL_X', 2, FCNTL);
/** ptrace's request; 0 is unknown. */
export const ptraceRequest = byName('SYSCALL_PTRACE_X', 3, PTRACE);
const socketOption = byName('SOCKET_SETSOCKOPT_X', 3, SOCKET_OPTION);

const SOL_SOCKET = 1;
const SOL_TCP = 6;

/** The level of a socket option as scap numbers it; 0 is unknown. */
export function optionLevel(level: number): number {
  return level === SOL_SOCKET ? 1 : level === SOL_TCP ? 2 : 0;
}

/** The option itself; only those of the socket level are named. */
export function optionName(level: number, option: number): number {
  return level === SOL_SOCKET ? socketOption(option) : 0;
}

function byName(symbol: string, index: number, kernel: Readonly<Record<string, number>>): Translation {
  const numbers: Record<number, number> = {};
  for (const [name, number] of paramInfo(eventCode(symbol), index)?.flags ?? []) {
    const own = kernel[name];
    if (own !== undefined) numbers[own] = number;
  }
  return choice(numbers, 0);
}
