import type { Value } from '../model/value.ts';
import type { File } from '../state/files.ts';
import { eventFile, FILE_EVENTS } from './event-file.ts';
import type { Family, OwnComparison, Reading } from './field.ts';
import { isConnection, isServerSocket } from './socket-ends.ts';

const sourceIp = (file: File): Value => file.sourceIp;
const destIp = (file: File): Value => file.destIp;
const sourcePort = (file: File): Value => file.sourcePort;
const destPort = (file: File): Value => file.destPort;

/** Fields of conditions only that look at both ends of a socket, whatever their roles. An output prints nothing for them. */
export const FD_EITHER: Family = {
  'fd.ip': either('either-ip', sourceIp, destIp),
  'fd.net': either('either-net', sourceIp, destIp),
  'fd.port': either('either-port', sourcePort, destPort),
  'fd.proto': either('either-proto', sourcePort, destPort),
};

const NONE: readonly Value[] = [];

/** Any open file has candidates, so that `exists` is true for it; only sockets have some to compare with. */
function either(ownComparison: OwnComparison, source: (file: File) => Value, dest: (file: File) => Value): Reading {
  return {
    subject: 'event',
    eventTypes: FILE_EVENTS,
    ownComparison,
    read: () => undefined,
    candidates: (moment) => {
      const file = eventFile(moment);
      if (file === undefined) return undefined;
      if (isConnection(file)) return [source(file), dest(file)];
      return isServerSocket(file) ? [source(file)] : NONE;
    },
  };
}
