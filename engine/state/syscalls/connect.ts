import type { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import { enterEventOf } from '../kept-enter.ts';
import type { Moment } from '../moment.ts';
import { changeFile } from '../opened-file.ts';
import {
  copyBytes,
  IPV4,
  IPV4_BYTES,
  IPV6,
  IPV6_BYTES,
  isMapped,
  sameBytes,
  setPort,
  portAt,
} from '../socket-layout.ts';
import {
  FAMILY,
  isAddress,
  isTuple,
  L4,
  MAPPED,
  setTuple,
  setUnixPointers,
  swapEnds,
  TUPLE4,
  TUPLE6,
  tupleName,
  unixName,
  unixPath,
} from '../socket-tuple.ts';

const EINPROGRESS = 115;
const MAX_UNIX_PATH = 108;
const NO_ADDRESS = new Uint8Array(0);

/**
 * connect: the tuple as the kernel has it, the fd, the address as the process gave it. The kernel's destination counts
 * unless it is just what the process gave: then the entry event's copy does, which can't have been changed meanwhile.
 */
export const connect: Handler = (moment) => {
  const { event, result } = moment;
  if (moment.thread === undefined || moment.file === undefined) return;
  if (result < 0 && result !== -EINPROGRESS) return;
  const file = changeFile(moment);
  if (file === undefined) return;
  file.connected = true;
  const entered = enterEventOf(moment)?.address ?? NO_ADDRESS;
  const asked = isAddress(entered) ? entered : NO_ADDRESS;
  const tuple = event.data(1);
  if (tuple.length === 0) {
    if (asked.length > 0) connectTo(moment, file, asked);
    return;
  }
  if (!isTuple(tuple)) return;
  const given = isAddress(event.data(3)) ? event.data(3) : NO_ADDRESS;
  if (!connectPair(moment, file, tuple, given, asked)) return;
  if (!file.isClient && !file.isServer) file.isClient = true;
};

/** Falco knows the destination alone, as with TCP fast open; the name stays what it was. */
function connectTo(moment: Moment, file: File, address: Uint8Array): void {
  const bytes = file.socketBytes();
  const isV6 = address[0] === FAMILY.INET6;
  if (isV6 && !isMapped(address, 1)) {
    file.kind = 'ipv6';
    copyBytes(bytes, IPV6.DEST, address, 1, IPV6_BYTES);
    setPort(bytes, IPV6.DEST_PORT, portAt(address, 17));
  } else if (isV6 || address[0] === FAMILY.INET) {
    file.kind = 'ipv4';
    copyBytes(bytes, IPV4.DEST, address, isV6 ? 13 : 1, IPV4_BYTES);
    setPort(bytes, IPV4.DEST_PORT, portAt(address, isV6 ? 17 : 5));
  } else file.name = moment.system.texts.of('NULL');
}

function connectPair(moment: Moment, file: File, tuple: Uint8Array, given: Uint8Array, asked: Uint8Array): boolean {
  const { texts } = moment.system;
  const family = tuple[0];
  if (family !== FAMILY.INET && family !== FAMILY.INET6) {
    if (file.kind !== 'unix' || family !== FAMILY.UNIX) return false;
    setUnixPointers(file, tuple);
    file.name = texts.of(unixName(tuple, unixDestination(tuple, given, asked)));
    return true;
  }
  const pair = family === FAMILY.INET ? connectIpv4(tuple, given, asked) : connectIpv6(tuple, given, asked);
  const isV4 = family === FAMILY.INET || (isMapped(tuple, TUPLE6.source) && isMapped(pair, TUPLE6.dest));
  file.kind = isV4 ? 'ipv4' : 'ipv6';
  const places = family === FAMILY.INET ? TUPLE4 : isV4 ? MAPPED : TUPLE6;
  const changed = setTuple(file, file.kind, tuple, places, pair);
  if (changed && file.isServer && file.kind === 'ipv4' && file.l4 === L4.UDP) swapEnds(file);
  file.name = texts.of(tupleName(file));
  return true;
}

/** The tuple with the destination that counts. */
function connectIpv4(tuple: Uint8Array, given: Uint8Array, asked: Uint8Array): Uint8Array {
  if (given.length === 0 || asked.length === 0) return tuple;
  const isAsGiven =
    sameBytes(tuple, TUPLE4.destPort, given, 5, 2) && sameBytes(tuple, TUPLE4.dest, given, 1, IPV4_BYTES);
  return isAsGiven ? withDestination(tuple, TUPLE4.dest, TUPLE4.destPort, asked, IPV4_BYTES) : tuple;
}

function connectIpv6(tuple: Uint8Array, given: Uint8Array, asked: Uint8Array): Uint8Array {
  if (given.length === 0 || asked.length === 0) return tuple;
  const isAsGiven =
    sameBytes(tuple, TUPLE6.destPort, given, 17, 2) && sameBytes(tuple, TUPLE6.dest, given, 1, IPV6_BYTES);
  return isAsGiven ? withDestination(tuple, TUPLE6.dest, TUPLE6.destPort, asked, IPV6_BYTES) : tuple;
}

function withDestination(
  tuple: Uint8Array,
  dest: number,
  port: number,
  address: Uint8Array,
  count: number,
): Uint8Array {
  const pair = tuple.slice();
  for (let i = 0; i < count; i++) pair[dest + i] = address[1 + i] ?? 0;
  for (let i = 0; i < 2; i++) pair[port + i] = address[1 + count + i] ?? 0;
  return pair;
}

function unixDestination(tuple: Uint8Array, given: Uint8Array, asked: Uint8Array): string {
  const path = unixPath(tuple, 17);
  if (given.length === 0 || asked.length === 0) return path;
  return path.slice(0, MAX_UNIX_PATH) === unixPath(given, 1).slice(0, MAX_UNIX_PATH) ? unixPath(asked, 1) : path;
}
