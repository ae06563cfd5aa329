import { eventCode } from '../../model/event-types.ts';
import { CLONE } from '../clone-flags.ts';
import type { Handler } from '../handler.ts';
import { inherit, inheritProcess } from '../inheritance.ts';
import type { Moment } from '../moment.ts';
import { takeProgram, takeResources } from '../program.ts';
import { reset } from '../reset.ts';
import type { Thread } from '../thread.ts';

const VFORK_X = eventCode('SYSCALL_VFORK_20_X');
/** Nanoseconds after which an entry is one whose exit was lost. */
const STALE = 2_000_000_000n;
const PARAM = { PID: 4, PTID: 5, FLAGS: 15, UID: 16, GID: 17, VTID: 18, VPID: 19, PIDNS_START: 20 };

/**
 * clone, fork, vfork, clone3. The call returns twice: in the caller with the child's id, which is the host's only
 * outside of pid namespaces, and in the child with 0. Whichever comes first makes the child's entry.
 */
export const clone: Handler = (moment) => {
  const { result } = moment;
  if (result === 0) returnInChild(moment);
  else if (result > 0) returnInCaller(moment, result);
};

function returnInCaller(moment: Moment, childTid: number): void {
  const { event, system } = moment;
  const { threads } = system;
  const caller = threads.require(event.tid);
  moment.thread = caller;
  if (caller === undefined) return;
  const isKnown = !caller.isPlaceholder;
  if (!isKnown) fillCaller(moment, caller);
  if (isLeftToChild(moment, caller, childTid)) return;
  const stale = threads.get(childTid);
  if (stale !== undefined && (stale.flags & CLONE.INVERTED) !== 0) return;
  if (stale !== undefined) threads.remove(childTid);
  const child = threads.create(childTid);
  child.flags = event.uint32(PARAM.FLAGS);
  placeChild(child, caller);
  if (isKnown) {
    inherit(child, caller);
    if ((child.flags & CLONE.THREAD) === 0) inheritProcess(child, caller);
  }
  takeProgram(event, child, caller);
  takeFromEvent(moment, child);
  child.pidnsStartTime = system.bootTime;
  if (!isKnown) shareProgram(child, caller);
  if (threads.add(child) && stale !== undefined) reset(moment);
}

/** The event says enough of a caller that is known by its tid alone. */
function fillCaller(moment: Moment, caller: Thread): void {
  const { event, system } = moment;
  caller.pid = event.int64(PARAM.PID);
  caller.ptid = event.int64(PARAM.PTID);
  takeVirtualIds(moment, caller);
  caller.changed();
  system.threads.link(caller);
}

/** The caller doesn't know the child's ids in a pid namespace; a vfork child can be gone already. */
function isLeftToChild(moment: Moment, caller: Thread, childTid: number): boolean {
  const { event, system } = moment;
  const flags = event.uint32(PARAM.FLAGS);
  if ((flags & (CLONE.CHILD_IN_PIDNS | CLONE.NEWPID | CLONE.PARENT)) !== 0 || event.tid !== caller.vtid) return true;
  if ((flags & CLONE.VFORK) !== 0 || event.type === VFORK_X) return true;
  return system.recentlyExited.has(childTid, event.tid, event.timeLow, event.timeHigh);
}

function placeChild(child: Thread, caller: Thread): void {
  if ((child.flags & CLONE.THREAD) === 0) {
    child.pid = child.tid;
    child.ptid = caller.tid;
  } else {
    child.pid = caller.pid;
    // As a scan of /proc would have it: the parent of a thread is that of its process.
    child.ptid = caller.ptid;
    child.flags |= CLONE.FILES;
    child.lastExecTime = caller.lastExecTime;
  }
  child.vtid = child.tid;
  child.vpid = child.pid;
}

function returnInChild(moment: Moment): void {
  const { event, system } = moment;
  const { threads } = system;
  const stale = moment.thread;
  if (stale !== undefined && stale.cloneTime !== 0n) {
    if (BigInt.asUintN(64, event.time() - stale.cloneTime) < STALE) return;
    threads.remove(event.tid);
  }
  const child = threads.create(event.tid);
  child.pid = event.int64(PARAM.PID);
  child.ptid = event.int64(PARAM.PTID);
  takeVirtualIds(moment, child);
  child.flags = event.uint32(PARAM.FLAGS) | CLONE.INVERTED;
  const isThread = (child.flags & CLONE.THREAD) !== 0;
  if (isThread) child.flags |= CLONE.FILES;
  const source = threads.require(isThread ? child.pid : child.ptid);
  moment.thread = undefined;
  if (source === undefined) return;
  takeProgram(event, child, source);
  if (!source.isPlaceholder) {
    inherit(child, source);
    if (isThread) child.lastExecTime = source.lastExecTime;
    else inheritProcess(child, source);
  } else if (isThread) fillLeader(moment, source, child);
  takeFromEvent(moment, child);
  child.pidnsStartTime = pidnsStart(moment, child);
  if (!threads.add(child)) return;
  moment.thread = child;
  if (stale !== undefined && stale.cloneTime !== 0n) reset(moment);
}

/** A thread tells of the main thread that is known by its tid alone. */
function fillLeader(moment: Moment, leader: Thread, child: Thread): void {
  leader.pid = child.pid;
  leader.ptid = child.ptid;
  leader.vpid = child.vpid;
  leader.vtid = child.vpid;
  shareProgram(child, leader);
  moment.system.threads.link(leader);
}

function shareProgram(child: Thread, other: Thread): void {
  other.exe = child.exe;
  other.comm = child.comm;
  other.argList = child.argList;
  other.changed();
}

function takeVirtualIds({ event }: Moment, thread: Thread): void {
  thread.vtid = event.has(PARAM.VPID) ? event.int64(PARAM.VTID) : thread.tid;
  thread.vpid = event.has(PARAM.VPID) ? event.int64(PARAM.VPID) : -1;
}

function takeFromEvent(moment: Moment, child: Thread): void {
  const { event, system } = moment;
  takeResources(moment, child);
  child.uid = event.uint32(PARAM.UID);
  child.gid = event.uint32(PARAM.GID);
  system.accounts.noteUser('', child.uid, child.gid);
  system.accounts.noteGroup('', child.gid);
  child.cloneTime = event.time();
}

/** Outside of pid namespaces, the start of the machine. */
function pidnsStart({ event, system }: Moment, child: Thread): bigint {
  const isInside = (child.flags & (CLONE.CHILD_IN_PIDNS | CLONE.NEWPID)) !== 0 || child.tid !== child.vtid;
  if (!isInside) return system.bootTime;
  return event.has(PARAM.PIDNS_START) ? BigInt(event.unsigned64(PARAM.PIDNS_START)) + system.bootTime : 0n;
}
