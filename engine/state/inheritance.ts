import type { Thread } from './thread.ts';

/** What a new thread has from the one it came from: its parent, or the main thread of its process. */
export function inherit(child: Thread, source: Thread): void {
  child.exepath = source.exepath;
  child.exeWritable = source.exeWritable;
  child.exeUpperLayer = source.exeUpperLayer;
  child.exeLowerLayer = source.exeLowerLayer;
  child.exeFromMemfd = source.exeFromMemfd;
  child.root = source.root;
  child.sid = source.sid;
  child.vpgid = source.vpgid;
  child.pgid = source.pgid;
  child.tty = source.tty;
  child.loginuid = source.loginuid;
  child.capPermitted = source.capPermitted;
  child.capInheritable = source.capInheritable;
  child.capEffective = source.capEffective;
  child.exeInode = source.exeInode;
  child.exeCtime = source.exeCtime;
  child.exeMtime = source.exeMtime;
  child.exeCtimeToStart = source.exeCtimeToStart;
}

/**
 * What a new process has besides: open files, working directory, environment. Falco takes the environment of the very
 * thread that forked; only main threads have one.
 */
export function inheritProcess(child: Thread, source: Thread): void {
  child.files = source.openFiles?.fork();
  child.cwd = source.workingDirectory;
  child.envList = source.envList;
}
