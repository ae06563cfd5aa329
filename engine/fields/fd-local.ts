import type { File } from '../state/files.ts';
import type { System } from '../state/system.ts';
import type { Thread } from '../state/thread.ts';
import { ofFile } from './event-file.ts';
import { network } from './fd-socket.ts';
import type { Family } from './field.ts';
import { hasEnds, isConnection, isServerSocket } from './socket-ends.ts';

/** The two ends of a connection by place: the local end is the client's if that is an address of this machine. */
export const FD_LOCAL: Family = {
  'fd.lip': ofFile((file, thread, { system }) => endAddress(localEnd(file, thread, system), file)),
  'fd.rip': ofFile((file, thread, { system }) => endAddress(remoteEnd(file, thread, system), file)),
  'fd.lnet': network((file, thread, { system }) => endAddress(localEnd(file, thread, system), file)),
  'fd.rnet': network((file, thread, { system }) => endAddress(remoteEnd(file, thread, system), file)),
  'fd.lport': ofFile((file, thread, { system }) => endPort(localEnd(file, thread, system), file)),
  'fd.rport': ofFile((file, thread, { system }) => endPort(remoteEnd(file, thread, system), file)),
  'fd.lproto': ofFile((file, thread, { system }) => endPort(localEnd(file, thread, system), file)?.toString()),
  'fd.rproto': ofFile((file, thread, { system }) => endPort(remoteEnd(file, thread, system), file)?.toString()),
  'fd.is_server': ofFile((file, thread, { system }) => {
    if (isServerSocket(file)) return true;
    return isConnection(file) && system.isLocal(file.destIp, thread);
  }),
};

/** One end of a connection. */
type End = 'source' | 'destination' | undefined;

/** The end on this machine; undefined when the file is no connection or its role is not known. */
export function localEnd(file: File, thread: Thread, system: System): End {
  if (!hasEnds(file)) return undefined;
  return system.isLocal(file.sourceIp, thread) ? 'source' : 'destination';
}

/** The other end. */
export function remoteEnd(file: File, thread: Thread, system: System): End {
  const local = localEnd(file, thread, system);
  return local === undefined ? undefined : local === 'source' ? 'destination' : 'source';
}

/** The address at an end. */
export function endAddress(end: End, file: File): string | undefined {
  return end === undefined ? undefined : end === 'source' ? file.sourceIp : file.destIp;
}

function endPort(end: End, file: File): number | undefined {
  return end === undefined ? undefined : end === 'source' ? file.sourcePort : file.destPort;
}
