import type { Value } from '../model/value.ts';
import type { File } from '../state/files.ts';
import { ofFile } from './event-file.ts';
import type { Family, Reading } from './field.ts';
import { hasEnds, isConnection, isServerSocket, transportName } from './socket-ends.ts';

/** The two ends of a socket by role: the client is the source, the server the destination or what is bound. */
export const FD_SOCKET: Family = {
  'fd.cip': ofFile(clientAddress),
  'fd.sip': ofFile(serverAddress),
  'fd.cnet': network(clientAddress),
  'fd.snet': network(serverAddress),
  'fd.cport': ofFile((file) => (hasEnds(file) ? file.sourcePort : undefined)),
  'fd.sport': ofFile(serverPort),
  // Falco leaves the service names of ports alone, so these print digits; sockets without such a port are empty.
  'fd.cproto': ofFile((file) => {
    if (file.role === undefined) return undefined;
    return isConnection(file) ? String(file.sourcePort) : '';
  }),
  'fd.sproto': ofFile((file) => {
    const port = serverPort(file);
    return port === undefined || isConnection(file) ? port?.toString() : '';
  }),
  'fd.l4proto': ofFile(transportName),
  'fd.sockfamily': ofFile((file) => {
    if (isConnection(file) || isServerSocket(file)) return 'ip';
    return file.kind === 'unix' ? 'unix' : undefined;
  }),
  'fd.connected': ofFile((file) => file.connected),
};

function clientAddress(file: File): Value | undefined {
  return hasEnds(file) ? file.sourceIp : undefined;
}

/** A server socket shows its address only once its role is known, which it isn't when the recording began with it. */
function serverAddress(file: File): Value | undefined {
  if (hasEnds(file)) return file.destIp;
  return isServerSocket(file) && file.role !== undefined ? file.sourceIp : undefined;
}

function serverPort(file: File): number | undefined {
  if (isServerSocket(file)) return file.sourcePort;
  return hasEnds(file) ? file.destPort : undefined;
}

/** A field to compare with networks: it holds an address, and an output prints a fixed word for it. */
export function network(address: Parameters<typeof ofFile>[0]): Reading {
  const reading = ofFile(address);
  return { ...reading, printed: (moment) => (reading.read(moment) === undefined ? undefined : '<IPNET>') };
}
