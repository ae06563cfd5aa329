import type { ByteString } from '../model/byte-string.ts';
import type { Event } from '../model/event.ts';
import { textParam } from './handler.ts';
import type { Moment } from './moment.ts';
import { TextList } from './text-list.ts';
import type { Thread } from './thread.ts';

/** Parameters that the exits of clone, fork, vfork, clone3, execve and execveat have in common. */
const PARAM = {
  EXE: 1,
  ARGS: 2,
  FD_LIMIT: 7,
  MAJOR_FAULTS: 8,
  MINOR_FAULTS: 9,
  SIZE: 10,
  RSS: 11,
  SWAP: 12,
  COMM: 13,
  CGROUPS: 14,
};

const DELETED = ' (deleted)';

/**
 * Takes the names and arguments that the event gives. Old recorders give no name; it is argv[0] then.
 *
 * @param source who is likely to have the same arguments
 */
export function takeProgram(event: Event, thread: Thread, source: Thread): void {
  thread.exe = textParam(event, PARAM.EXE);
  thread.comm = event.has(PARAM.COMM) ? textParam(event, PARAM.COMM) : thread.exe;
  const args = event.data(PARAM.ARGS);
  thread.argList = source.argList.isOf(args) ? source.argList : TextList.ofBytes(args);
}

/** Takes limits, faults, memory and control groups, as far as the event has them. */
export function takeResources({ event, system }: Moment, thread: Thread): void {
  thread.fdLimit = event.signed64(PARAM.FD_LIMIT);
  if (event.has(PARAM.SWAP)) {
    thread.majorFaults = event.unsigned64(PARAM.MAJOR_FAULTS);
    thread.minorFaults = event.unsigned64(PARAM.MINOR_FAULTS);
    thread.vmSize = event.uint32(PARAM.SIZE);
    thread.vmRss = event.uint32(PARAM.RSS);
    thread.vmSwap = event.uint32(PARAM.SWAP);
  }
  if (event.has(PARAM.CGROUPS)) thread.cgroups = system.cgroups.read(event, PARAM.CGROUPS) ?? thread.cgroups;
}

/** A program's path as it is kept: the kernel marks one whose file is gone, and that mark is no part of it. */
export function programPath(path: ByteString): ByteString {
  return path.length > DELETED.length && path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path;
}
