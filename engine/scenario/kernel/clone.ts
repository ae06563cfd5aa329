import type { ParamInput } from '../../model/event-builder.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { TAKES } from '../stage/clock.ts';
import type { Place } from '../stage/place.ts';
import { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';
import { bounded } from './bounded.ts';

/** How a process makes another one. */
export type ForkCall = 'clone' | 'fork' | 'vfork' | 'clone3';

/** Bits of `PPM_CL_*` that events of clone carry. */
const CL = {
  FILES: 1 << 0,
  FS: 1 << 1,
  PARENT_SETTID: 1 << 9,
  SIGHAND: 1 << 11,
  SYSVSEM: 1 << 12,
  THREAD: 1 << 13,
  VM: 1 << 15,
  CHILD_CLEARTID: 1 << 23,
  CHILD_SETTID: 1 << 24,
  SETTLS: 1 << 25,
  CHILD_IN_PIDNS: 1 << 29,
} as const;

const SYMBOLS: Readonly<Record<ForkCall, string>> = {
  clone: 'SYSCALL_CLONE_20_X',
  fork: 'SYSCALL_FORK_20_X',
  vfork: 'SYSCALL_VFORK_20_X',
  clone3: 'SYSCALL_CLONE3_X',
};

/** What the C library passes for a new process and for a new thread. */
const PROCESS_FLAGS = CL.CHILD_CLEARTID | CL.CHILD_SETTID;
const THREAD_FLAGS =
  CL.FILES | CL.FS | CL.PARENT_SETTID | CL.SIGHAND | CL.SYSVSEM | CL.THREAD | CL.VM | CL.CHILD_CLEARTID | CL.SETTLS;

/** How a child is made. */
export interface ForkOptions {
  readonly by?: ForkCall | undefined;
  readonly thread?: boolean;
  /** Where the child lives, if not where the parent does: a container being entered. */
  readonly place?: Place;
  /** What it calls itself, if not as its parent does. */
  readonly comm?: ByteString | undefined;
  /** More bits of `PPM_CL_*`. */
  readonly flags?: number;
}

/** The call that a program makes for it: dash's is vfork, all others use clone. */
function usualForkCall(process: Process): ForkCall {
  return process.image.comm === 'sh' || process.image.comm === 'dash' ? 'vfork' : 'clone';
}

/**
 * Makes a child. With vfork the parent sleeps until the child executes or exits, so its own event is not yet reported:
 * `reportParent` does that.
 */
export function fork(
  stage: Stage,
  parent: Process,
  options: ForkOptions = {},
): { child: Process; reportParent: () => void } {
  const by = options.by ?? (options.thread ? 'clone3' : usualForkCall(parent));
  const place = options.place ?? parent.place;
  const tid = stage.nextPid();
  const child = new Process(tid, place.nextVtid(tid), place, parent.image, options.thread ? parent.leader : undefined);
  if (options.thread) child.parent = parent.leader.parent;
  child.inherit(options.thread ? parent.leader : parent);
  child.cgroups = parent.cgroups;
  if (options.comm !== undefined) child.image = { ...child.image, comm: options.comm };
  if (!options.thread) stage.inheritFiles(parent, child);
  const flags = (options.flags ?? 0) | flagsOf(by, options.thread ?? false) | (place.isHost ? 0 : CL.CHILD_IN_PIDNS);
  // The parent is told the id that the child has in the parent's own namespace.
  const result = parent.place.isHost ? child.tid : child.vtid;
  const reportParent = () => stage.emit(parent, SYMBOLS[by], cloneParams(stage, parent, result, flags, 0n), TAKES.FORK);
  if (by !== 'vfork') reportParent();
  stage.emit(child, SYMBOLS[by], cloneParams(stage, child, 0, flags, place.initStart), TAKES.FORK);
  return { child, reportParent: by === 'vfork' ? reportParent : () => undefined };
}

/** A call that made nothing: only the caller reports it. */
export function failToFork(stage: Stage, parent: Process, by: ForkCall | undefined, result: number): void {
  const call = by ?? usualForkCall(parent);
  const flags = flagsOf(call, false) | (parent.place.isHost ? 0 : CL.CHILD_IN_PIDNS);
  stage.emit(parent, SYMBOLS[call], cloneParams(stage, parent, result, flags, 0n), TAKES.FORK);
}

function flagsOf(by: ForkCall, thread: boolean): number {
  if (thread) return THREAD_FLAGS;
  return by === 'vfork' || by === 'fork' ? 0 : PROCESS_FLAGS;
}

function cloneParams(
  stage: Stage,
  process: Process,
  result: number,
  flags: number,
  pidnsStart: bigint,
): readonly ParamInput[] {
  const [exe = '', ...args] = process.image.argv;
  const parent = process.leader.parent;
  return [
    result,
    exe,
    bounded(args),
    process.tid,
    process.pid,
    parent?.pid ?? 0,
    // cwd is no longer collected.
    undefined,
    MEMORY.fdLimit,
    0,
    MEMORY.minorFaults,
    MEMORY.size,
    MEMORY.resident,
    0,
    process.image.comm,
    bounded(process.cgroups),
    flags,
    process.uid,
    process.gid,
    process.vtid,
    process.vpid,
    pidnsStart,
  ];
}

/** Numbers that a story says nothing of. Kilobytes where they are sizes. */
export const MEMORY = { fdLimit: 1_048_576, minorFaults: 30, size: 4_204, resident: 3_132 } as const;
