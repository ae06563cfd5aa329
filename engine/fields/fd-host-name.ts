import type { ByteString } from '../model/byte-string.ts';
import type { Value } from '../model/value.ts';
import type { File } from '../state/files.ts';
import type { Moment } from '../state/moment.ts';
import { eventFile, FILE_EVENTS } from './event-file.ts';
import { endAddress, localEnd, remoteEnd } from './fd-local.ts';
import type { Family, Reading } from './field.ts';
import { hasEnds, isServerSocket } from './socket-ends.ts';

/**
 * Names of the ends of a socket. No name server is asked: a name is there if the run was given it. A candidate is the
 * address whose name is wanted; a file without one has no candidates, and `exists` is true for it all the same.
 */
export const FD_HOST_NAME: Family = {
  'fd.cip.name': hostName((file) => (hasEnds(file) ? file.sourceIp : undefined)),
  'fd.sip.name': hostName((file) => (hasEnds(file) ? file.destIp : boundServer(file))),
  'fd.lip.name': hostName((file, { thread, system }) =>
    thread === undefined ? undefined : endAddress(localEnd(file, thread, system), file),
  ),
  'fd.rip.name': hostName((file, { thread, system }) =>
    thread === undefined ? undefined : endAddress(remoteEnd(file, thread, system), file),
  ),
};

const NONE: readonly Value[] = [];

function hostName(address: (file: File, moment: Moment) => ByteString | undefined): Reading {
  return {
    subject: 'event',
    eventTypes: FILE_EVENTS,
    ownComparison: 'host-name',
    read: (moment) => {
      const file = eventFile(moment);
      const of = file === undefined ? undefined : address(file, moment);
      return of === undefined ? undefined : moment.system.hosts.get(of)?.[0];
    },
    candidates: (moment) => {
      const file = eventFile(moment);
      if (file === undefined) return undefined;
      const of = address(file, moment);
      // Where Falco asks for a name's addresses, it does so for connections only.
      return of === undefined || isServerSocket(file) ? NONE : [of];
    },
  };
}

function boundServer(file: File): ByteString | undefined {
  return isServerSocket(file) && file.role !== undefined ? file.sourceIp : undefined;
}
