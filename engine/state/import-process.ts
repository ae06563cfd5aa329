import type { ProcessEntry } from '../model/snapshot.ts';
import { readCgroups } from './cgroups.ts';
import { CLONE } from './clone-flags.ts';
import { programPath } from './program.ts';
import { changeDirectory } from './syscalls/chdir.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';
import { MAX_THREADS } from '../model/limits.ts';

/** Takes a thread of the snapshot into the table. It is tied to its process and parent when all of them are there. */
export function importProcess(system: System, entry: ProcessEntry): void {
  if (system.threads.size >= MAX_THREADS) return;
  const thread = system.threads.create(entry.tid);
  takeIds(thread, entry);
  takeProgram(thread, entry);
  takeRights(thread, entry);
  takeResources(thread, entry);
  // Environment and directory belong to the process.
  if (thread.tid === thread.pid) {
    thread.env = entry.env;
    changeDirectory(thread, entry.cwd);
  }
  thread.flags = CLONE.NAME_CHANGED | CLONE.ACTIVE | entry.flags;
  system.threads.put(thread);
  system.accounts.noteUser('', thread.uid, thread.gid);
  system.accounts.noteGroup('', thread.gid);
}

function takeIds(thread: Thread, entry: ProcessEntry): void {
  thread.pid = entry.pid;
  thread.ptid = entry.ptid;
  thread.sid = entry.sid;
  thread.pgid = entry.pgid;
  thread.vpgid = entry.vpgid;
  thread.vtid = entry.vtid;
  thread.vpid = entry.vpid;
  thread.pidnsStartTime = BigInt(entry.pidnsInitStart);
}

function takeProgram(thread: Thread, entry: ProcessEntry): void {
  thread.comm = entry.comm;
  thread.exe = entry.exe;
  thread.exepath = programPath(entry.exepath);
  thread.args = entry.args;
  thread.root = entry.root;
  thread.cgroups = readCgroups(entry.cgroups) ?? [];
  thread.exeWritable = entry.exeWritable;
  thread.exeUpperLayer = entry.exeUpperLayer;
  thread.exeLowerLayer = entry.exeLowerLayer;
  thread.exeFromMemfd = entry.exeFromMemfd;
  thread.exeInode = entry.exeInode;
  thread.exeCtime = entry.exeCtime;
  thread.exeMtime = entry.exeMtime;
}

function takeRights(thread: Thread, entry: ProcessEntry): void {
  thread.uid = entry.uid;
  thread.gid = entry.gid;
  thread.loginuid = entry.loginuid;
  thread.capInheritable = entry.capInheritable;
  thread.capPermitted = entry.capPermitted;
  thread.capEffective = entry.capEffective;
  thread.tty = entry.tty;
}

function takeResources(thread: Thread, entry: ProcessEntry): void {
  thread.fdLimit = entry.fdLimit;
  thread.vmSize = entry.vmSize;
  thread.vmRss = entry.vmRss;
  thread.vmSwap = entry.vmSwap;
  thread.majorFaults = entry.majorFaults;
  thread.minorFaults = entry.minorFaults;
}
