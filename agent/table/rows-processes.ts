import { PROCESS, SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { ptraceRequest } from './choices.ts';
import { BITS, CLONE, MAPPING, PROTECTION } from './flags.ts';
import {
  absent,
  bits,
  bytesAt,
  capabilities,
  data,
  int,
  mapped,
  memory,
  plain,
  pointed,
  result,
  step,
  text,
  uint,
  withSteps,
} from './params.ts';
import {
  args,
  cgroups,
  cloneFlags,
  comm,
  cwd,
  environment,
  exe,
  exePath,
  filename,
  PROCESS_STEP,
  processId,
  processNumber,
  threadId,
} from './processes.ts';
import { STEP, type ParamAt, type RowSpec } from './row.ts';
import { semaphoreOperation } from './semaphores.ts';

const CLONE_ARGS_BYTES = 88;
/** Flags above 32 bits: CLONE_CLEAR_SIGHAND and CLONE_INTO_CGROUP. */
const CLONE_HIGH_FLAGS = 3;
const VFORK_FLAGS = 0x4100;
const PR = { SET_NAME: 15, GET_NAME: 16 };

const id = (offset: number) => processNumber(offset, 4);
const wide = (offset: number) => processNumber(offset, 8);
const faults = [wide(PROCESS.MAJOR_FAULTS), wide(PROCESS.MINOR_FAULTS)];
const vm = [id(PROCESS.VM_SIZE), id(PROCESS.VM_RSS), id(PROCESS.VM_SWAP)];
const collected = withSteps(exe, [PROCESS_STEP]);
const resources = [cwd, wide(PROCESS.FD_LIMIT), ...faults, ...vm, comm, cgroups];
const identity = [threadId, processId, id(PROCESS.PTID)];

function born(flags: ParamAt): readonly ParamAt[] {
  const ids = [id(PROCESS.UID), id(PROCESS.GID), id(PROCESS.VTID), id(PROCESS.VPID), wide(PROCESS.PIDNS_START)];
  return [result, collected, args, ...identity, ...resources, flags, ...ids];
}

/**
 * A program that starts is told by the kernel's own hook, one that was refused by its syscall: with the arguments, the
 * environment and the name that it was given.
 */
function program(list: number, name: number): readonly ParamAt[] {
  const refused = [step(STEP.PROCESS, 1), step(STEP.ARGS, list), step(STEP.ENV, list + 1), step(STEP.TEXT, name)];
  const place = [id(PROCESS.TTY), id(PROCESS.VPGID), id(PROCESS.LOGINUID), id(PROCESS.EXE_FLAGS)];
  const rights = [wide(PROCESS.CAP_INHERITABLE), wide(PROCESS.CAP_PERMITTED), wide(PROCESS.CAP_EFFECTIVE)];
  const file = [wide(PROCESS.EXE_INODE), wide(PROCESS.EXE_CTIME), wide(PROCESS.EXE_MTIME)];
  const owner = [id(PROCESS.UID), exePath, id(PROCESS.PGID), id(PROCESS.GID)];
  const started = [result, withSteps(exe, refused), args, ...identity, ...resources, environment];
  return [...started, ...place, ...rights, ...file, ...owner];
}

/** Threads and programs: recorded whatever control groups are asked for. */
export const LIFE_ROWS: readonly RowSpec[] = [
  ['clone', 'process', 'SYSCALL_CLONE_20_X', born(cloneFlags((record) => record.low(0))), 'life'],
  [
    'clone3',
    'process',
    'SYSCALL_CLONE3_X',
    born(cloneFlags(flagsOfClone3, [step(STEP.VALUE, 0, CLONE_ARGS_BYTES)])),
    'life',
  ],
  ['fork', 'process', 'SYSCALL_FORK_20_X', born(cloneFlags(() => 0)), 'life'],
  ['vfork', 'process', 'SYSCALL_VFORK_20_X', born(cloneFlags(() => VFORK_FLAGS)), 'life'],
  ['execve', 'process', 'SYSCALL_EXECVE_19_X', [...program(1, 0), filename], 'life'],
  ['execveat', 'process', 'SYSCALL_EXECVEAT_X', program(2, 1), 'life'],
  ['setsid', 'process', 'SYSCALL_SETSID_X', [result], 'life'],
  ['setpgid', 'process', 'SYSCALL_SETPGID_X', [result, int(0), int(1)], 'life'],
  ['unshare', 'process', 'SYSCALL_UNSHARE_X', [result, bits(0, CLONE)]],
  ['setns', 'process', 'SYSCALL_SETNS_X', [result, int(0), bits(1, CLONE)]],
  ['prctl', 'process', 'SYSCALL_PRCTL_X', [result, plain(0), prctlText, prctlNumber], 'life'],
  ['kill', 'process', 'SYSCALL_KILL_X', [result, int(0), plain(1)]],
  ['tkill', 'process', 'SYSCALL_TKILL_X', [result, int(0), plain(1)]],
  ['tgkill', 'process', 'SYSCALL_TGKILL_X', [result, int(0), int(1), plain(2)]],
  ['ptrace', 'process', 'SYSCALL_PTRACE_X', [result, ptraceAddress, ptraceData, mapped(0, ptraceRequest), int(1)]],
  ['seccomp', 'process', 'SYSCALL_SECCOMP_X', [result, plain(0), uint(1)]],
  ['bpf', 'process', 'SYSCALL_BPF_2_X', [result, plain(0)]],
  ['init_module', 'process', 'SYSCALL_INIT_MODULE_X', [result, data(0, 1), plain(1), text(2)]],
  ['finit_module', 'process', 'SYSCALL_FINIT_MODULE_X', [result, int(0), text(1), bits(2, BITS.same)]],
  ['delete_module', 'process', 'SYSCALL_DELETE_MODULE_X', [result, text(0), bits(1, BITS.delete)]],
  ['nanosleep', 'other', 'SYSCALL_NANOSLEEP_X', [result, interval]],
  ['futex', 'other', 'SYSCALL_FUTEX_X', [result, plain(0), plain(1), plain(2)]],
  ['semget', 'other', 'SYSCALL_SEMGET_X', [result, plain(0), plain(1), bits(2, BITS.semaphore)]],
  [
    'semop',
    'other',
    'SYSCALL_SEMOP_X',
    [result, plain(2), ...semaphoreOperation(0), ...semaphoreOperation(1), plain(0)],
  ],
  ['semctl', 'other', 'SYSCALL_SEMCTL_X', [result, plain(0), plain(1), absent, plain(3)]],
];

const limit = (list: number, options: { isOutput?: boolean; otherwise?: number } = {}) =>
  [0, 8].map((offset) => pointed(list, 16, { offset, size: 8, ...options }));
const three = [0, 1, 2].map((argument) => pointed(argument, 4, { isOutput: true }));

/** Who a thread is, and what it may do. */
export const IDENTITY_ROWS: readonly RowSpec[] = [
  ['setuid', 'identity', 'SYSCALL_SETUID_X', [result, plain(0)], 'life'],
  ['setgid', 'identity', 'SYSCALL_SETGID_X', [result, plain(0)], 'life'],
  ['setreuid', 'identity', 'SYSCALL_SETREUID_X', [result, plain(0), plain(1)], 'life'],
  ['setregid', 'identity', 'SYSCALL_SETREGID_X', [result, plain(0), plain(1)], 'life'],
  ['setresuid', 'identity', 'SYSCALL_SETRESUID_X', [result, plain(0), plain(1), plain(2)], 'life'],
  ['setresgid', 'identity', 'SYSCALL_SETRESGID_X', [result, plain(0), plain(1), plain(2)], 'life'],
  ['getuid', 'identity', 'SYSCALL_GETUID_X', [returnedId]],
  ['geteuid', 'identity', 'SYSCALL_GETEUID_X', [returnedId]],
  ['getgid', 'identity', 'SYSCALL_GETGID_X', [returnedId]],
  ['getegid', 'identity', 'SYSCALL_GETEGID_X', [returnedId]],
  ['getresuid', 'identity', 'SYSCALL_GETRESUID_X', [result, ...three]],
  ['getresgid', 'identity', 'SYSCALL_GETRESGID_X', [result, ...three]],
  ['capset', 'identity', 'SYSCALL_CAPSET_X', [result, capabilities(0), capabilities(1), capabilities(2)], 'life'],
  ['getrlimit', 'identity', 'SYSCALL_GETRLIMIT_X', [result, ...limit(1, { isOutput: true, otherwise: -1 }), plain(0)]],
  ['setrlimit', 'identity', 'SYSCALL_SETRLIMIT_X', [result, ...limit(1), plain(0)]],
  [
    'prlimit64',
    'identity',
    'SYSCALL_PRLIMIT_X',
    [result, ...limit(2), ...limit(3, { isOutput: true, otherwise: -1 }), int(0), plain(1)],
  ],
];

const kilobytes = [memory('SIZE'), memory('RESIDENT'), memory('SWAP')];
const mapping = [result, ...kilobytes, plain(0), plain(1), bits(2, PROTECTION), bits(3, MAPPING), int(4), plain(5)];

/** Memory. */
export const MEMORY_ROWS: readonly RowSpec[] = [
  ['brk', 'memory', 'SYSCALL_BRK_4_X', [result, ...kilobytes, plain(0)]],
  ['mmap', 'memory', 'SYSCALL_MMAP_X', mapping],
  ['munmap', 'memory', 'SYSCALL_MUNMAP_X', [result, ...kilobytes, plain(0), plain(1)]],
  ['mprotect', 'memory', 'SYSCALL_MPROTECT_X', [result, plain(0), plain(1), bits(2, PROTECTION)]],
  ['mlock', 'memory', 'SYSCALL_MLOCK_X', [result, plain(0), plain(1)]],
  ['mlock2', 'memory', 'SYSCALL_MLOCK2_X', [result, plain(0), plain(1), bits(2, BITS.same)]],
  ['munlock', 'memory', 'SYSCALL_MUNLOCK_X', [result, plain(0), plain(1)]],
  ['mlockall', 'memory', 'SYSCALL_MLOCKALL_X', [result, bits(0, BITS.same)]],
  ['munlockall', 'memory', 'SYSCALL_MUNLOCKALL_X', [result]],
];

/** Thread flags of clone3 as every threading library sets them. */
const THREAD = { BIT: 0x10000, USUAL: 0x3d0f00 };

/**
 * clone3's flags lie in memory of the caller, which a child that shares it may find used for something else already. Its
 * ids tell whether it is a thread; flags that say otherwise are not its own.
 */
function flagsOfClone3(record: Record): number {
  const at = bytesAt(record, SECTION.VALUE, 0, CLONE_ARGS_BYTES);
  const flags = at === -1 ? 0 : record.uint32(at);
  if (record.result !== 0) return flags;
  const isThread = record.tid !== record.pid;
  const isPlausible =
    ((flags & THREAD.BIT) !== 0) === isThread && record.uint32(Math.max(at, 0) + 4) <= CLONE_HIGH_FLAGS;
  return isPlausible ? flags : isThread ? THREAD.USUAL : 0;
}

/** What a call returned, in 32 bits. */
function returnedId(): ReturnType<ParamAt> {
  return { steps: [], write: (record, output) => output.uint32(record.result) };
}

/** The name that a thread gives itself or asks for. */
function prctlText(): ReturnType<ParamAt> {
  const name = text(1)({ code: 0, index: 0 });
  return {
    steps: name.steps,
    write: (record, output) => {
      const option = record.low(0);
      if (option === PR.SET_NAME || option === PR.GET_NAME) name.write(record, output);
      else output.absent();
    },
  };
}

function prctlNumber(): ReturnType<ParamAt> {
  return {
    steps: [],
    write: (record, output) => {
      const option = record.low(0);
      if (option === PR.SET_NAME || option === PR.GET_NAME) output.uint64(0, 0);
      else output.uint64(record.low(1), record.high(1));
    },
  };
}

const variant = new Uint8Array(9);

/** ptrace's address: a variant that holds a number, nothing where the call failed. */
function ptraceAddress(): ReturnType<ParamAt> {
  return ptraceNumber(2);
}

function ptraceData(): ReturnType<ParamAt> {
  return ptraceNumber(3);
}

function ptraceNumber(argument: number): ReturnType<ParamAt> {
  return {
    steps: [],
    write: (record, output) => {
      const failed = record.result < 0;
      new DataView(variant.buffer).setUint32(1, failed ? 0 : record.low(argument), true);
      new DataView(variant.buffer).setUint32(5, failed ? 0 : record.high(argument), true);
      output.copy(variant, 0, 9);
    },
  };
}

/** A time of seconds and nanoseconds, as nanoseconds. */
function interval(): ReturnType<ParamAt> {
  return {
    steps: [step(STEP.VALUE, 0, 16)],
    write: (record, output) => {
      const at = bytesAt(record, SECTION.VALUE, 0, 16);
      if (at === -1) return output.uint64(0, 0);
      const time = record.view.getBigUint64(at, true) * 1_000_000_000n + record.view.getBigUint64(at + 8, true);
      output.uint64(Number(time & 0xffffffffn), Number((time >> 32n) & 0xffffffffn));
    },
  };
}
