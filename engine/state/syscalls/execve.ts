import { integerOf, type Integer } from '../../model/integer.ts';
import { CLONE } from '../clone-flags.ts';
import { textParam, type Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';
import { programPath, takeProgram, takeResources } from '../program.ts';
import { enteredProgram } from '../entered-program.ts';
import { TextList } from '../text-list.ts';
import type { Thread } from '../thread.ts';

const PARAM = {
  PID: 4,
  PTID: 5,
  ENV: 15,
  TTY: 16,
  VPGID: 17,
  LOGINUID: 18,
  FLAGS: 19,
  CAP_INHERITABLE: 20,
  CAP_PERMITTED: 21,
  CAP_EFFECTIVE: 22,
  INODE: 23,
  CTIME: 24,
  MTIME: 25,
  UID: 26,
  EXEPATH: 27,
  PGID: 28,
  GID: 29,
};
const EXE = { WRITABLE: 1, UPPER_LAYER: 2, FROM_MEMFD: 4, LOWER_LAYER: 8 };
/** Flags that outlive an exec. */
const LASTING = CLONE.PIPE_SOURCE | CLONE.PIPE_DEST | CLONE.IS_MAIN_THREAD | CLONE.INVERTED;

/** execve and execveat: a thread runs another program. A failed call changes nothing. */
export const execve: Handler = (moment) => {
  const { event, system, thread } = moment;
  if (thread === undefined || moment.result < 0) return;
  if (thread.dead) revive(thread);
  thread.lastExecTime = event.time();
  takeProgram(event, thread, thread);
  takeIds(moment, thread);
  takeResources(moment, thread);
  if (event.has(PARAM.ENV)) thread.envList = TextList.ofBytes(event.data(PARAM.ENV));
  const path = event.has(PARAM.EXEPATH) ? textParam(event, PARAM.EXEPATH) : enteredProgram(moment);
  if (path !== undefined) thread.exepath = programPath(path);
  takeRights(moment, thread);
  takeFile(moment, thread);
  system.accounts.noteUser(thread.containerId, thread.uid, thread.gid);
  system.accounts.noteGroup(thread.containerId, thread.gid);
  thread.openFiles?.removeIf((file) => file.closeOnExec);
  thread.flags = (thread.flags & LASTING) | CLONE.ACTIVE | CLONE.NAME_CHANGED;
  endOtherThreads(moment, thread);
  thread.changed();
};

/** A thread that execs takes the place of the main thread, even if that has exited. */
function revive(thread: Thread): void {
  thread.flags &= ~CLONE.CLOSED;
  if (thread.group !== undefined) thread.group.alive++;
}

function takeIds({ event, system }: Moment, thread: Thread): void {
  thread.pid = event.int64(PARAM.PID);
  if (thread.isPlaceholder) {
    thread.ptid = event.int64(PARAM.PTID);
    if ((thread.flags & CLONE.CHILD_IN_PIDNS) === 0) {
      thread.vtid = thread.tid;
      thread.vpid = thread.pid;
    }
    system.threads.link(thread);
  }
  if (event.has(PARAM.VPGID)) thread.vpgid = event.int64(PARAM.VPGID);
  thread.pgid = event.has(PARAM.PGID) ? event.int64(PARAM.PGID) : -1;
}

function takeRights({ event }: Moment, thread: Thread): void {
  if (event.has(PARAM.TTY)) thread.tty = event.uint32(PARAM.TTY);
  if (event.has(PARAM.LOGINUID)) thread.loginuid = event.uint32(PARAM.LOGINUID);
  if (event.has(PARAM.UID)) thread.uid = event.uint32(PARAM.UID);
  if (event.has(PARAM.GID)) thread.gid = event.uint32(PARAM.GID);
  if (!event.has(PARAM.CAP_EFFECTIVE)) return;
  thread.capInheritable = event.unsigned64(PARAM.CAP_INHERITABLE);
  thread.capPermitted = event.unsigned64(PARAM.CAP_PERMITTED);
  thread.capEffective = event.unsigned64(PARAM.CAP_EFFECTIVE);
}

function takeFile({ event }: Moment, thread: Thread): void {
  if (event.has(PARAM.FLAGS)) {
    const flags = event.uint32(PARAM.FLAGS);
    thread.exeWritable = (flags & EXE.WRITABLE) !== 0;
    thread.exeUpperLayer = (flags & EXE.UPPER_LAYER) !== 0;
    thread.exeFromMemfd = (flags & EXE.FROM_MEMFD) !== 0;
    thread.exeLowerLayer = (flags & EXE.LOWER_LAYER) !== 0;
  }
  if (!event.has(PARAM.MTIME)) return;
  thread.exeInode = event.unsigned64(PARAM.INODE);
  thread.exeCtime = event.unsigned64(PARAM.CTIME);
  thread.exeMtime = event.unsigned64(PARAM.MTIME);
  if (thread.cloneTime !== 0n) thread.exeCtimeToStart = between(thread.exeCtime, thread.cloneTime);
  const { pidnsStartTime } = thread;
  if (pidnsStartTime !== 0n && thread.exeCtime > pidnsStartTime) {
    thread.exeCtimeToPidnsStart = between(pidnsStartTime, BigInt(thread.exeCtime));
  }
}

/** Nanoseconds, unsigned as in Falco even when the order is reversed. */
function between(start: Integer, end: bigint): Integer {
  return integerOf(BigInt.asUintN(64, end - BigInt(start)));
}

/** The kernel ends the other threads of a process that execs. */
function endOtherThreads({ system }: Moment, thread: Thread): void {
  const { group } = thread;
  if (group === undefined || group.alive === 1 || group.alive === 0) return;
  for (const other of group.threads) {
    if (!other.gone && !other.isMain && other !== thread) system.threads.remove(other.tid);
  }
}
