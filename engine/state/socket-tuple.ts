import type { ByteString } from '../model/byte-string.ts';
import { ipv4TupleText, ipv6Text, ipv4Text, ipv6TupleText } from './address-text.ts';
import type { File } from './file.ts';
import { printable } from './printable.ts';
import {
  copyBytes,
  IPV4,
  IPV4_BYTES,
  IPV6,
  IPV6_BYTES,
  isMapped,
  isZero,
  portAt,
  sameBytes,
  setPort,
  UNIX,
} from './socket-layout.ts';

/** `AF_*` as drivers write them. */
export const FAMILY = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 } as const;
/** Index into `L4_PROTOCOLS`. */
export const L4 = { UNKNOWN: 0, TCP: 2, UDP: 3, ICMP: 4, RAW: 5 } as const;

/** Where a tuple's four parts lie in some bytes. An address may lie in other bytes than the tuple itself. */
export interface TuplePlaces {
  readonly source: number;
  readonly sourcePort: number;
  readonly dest: number;
  readonly destPort: number;
}

/** In an IPv4 socktuple parameter. */
export const TUPLE4: TuplePlaces = { source: 1, sourcePort: 5, dest: 7, destPort: 11 };
/** In an IPv6 one. */
export const TUPLE6: TuplePlaces = { source: 1, sourcePort: 17, dest: 19, destPort: 35 };
/** In an IPv6 one, the IPv4 addresses embedded in it. */
export const MAPPED: TuplePlaces = { source: 13, sourcePort: 17, dest: 31, destPort: 35 };

/** True when a socktuple parameter holds all that its family needs. */
export function isTuple(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  if (bytes[0] === FAMILY.INET) return bytes.length >= 13;
  if (bytes[0] === FAMILY.INET6) return bytes.length >= 37;
  return bytes[0] !== FAMILY.UNIX || (bytes.length >= 18 && bytes[bytes.length - 1] === 0);
}

/** True when a sockaddr parameter holds all that its family needs. */
export function isAddress(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  if (bytes[0] === FAMILY.INET) return bytes.length >= 7;
  if (bytes[0] === FAMILY.INET6) return bytes.length >= 19;
  return bytes[0] !== FAMILY.UNIX || (bytes.length >= 2 && bytes[bytes.length - 1] === 0);
}

/** True for an IPv6 socktuple between IPv4 addresses. */
export function isMappedPair(bytes: Uint8Array): boolean {
  return isMapped(bytes, TUPLE6.source) && isMapped(bytes, TUPLE6.dest);
}

/**
 * Notes a tuple on a socket. The same pair the other way round changes nothing.
 *
 * @param dest where the destination's address and port are, if not in the tuple
 * @returns whether anything changed; a destination without address or port always counts as changed
 */
export function setTuple(
  file: File,
  kind: 'ipv4' | 'ipv6',
  tuple: Uint8Array,
  at: TuplePlaces,
  dest: Uint8Array = tuple,
): boolean {
  const own = kind === 'ipv4' ? IPV4 : IPV6;
  const count = kind === 'ipv4' ? IPV4_BYTES : IPV6_BYTES;
  const bytes = file.socketBytes();
  const sourcePort = portAt(tuple, at.sourcePort);
  const destPort = portAt(dest, at.destPort);
  const has = (place: number, portPlace: number, from: Uint8Array, fromPlace: number, port: number): boolean =>
    portAt(bytes, portPlace) === port && sameBytes(bytes, place, from, fromPlace, count);
  const isSame =
    has(own.SOURCE, own.SOURCE_PORT, tuple, at.source, sourcePort) &&
    has(own.DEST, own.DEST_PORT, dest, at.dest, destPort);
  const isReversed =
    has(own.SOURCE, own.SOURCE_PORT, dest, at.dest, destPort) &&
    has(own.DEST, own.DEST_PORT, tuple, at.source, sourcePort);
  if (file.kind === kind && (isSame || isReversed)) return false;
  const lackedDest = isZero(bytes, own.DEST, count) || portAt(bytes, own.DEST_PORT) === 0;
  copyBytes(bytes, own.SOURCE, tuple, at.source, count);
  setPort(bytes, own.SOURCE_PORT, sourcePort);
  copyBytes(bytes, own.DEST, dest, at.dest, count);
  setPort(bytes, own.DEST_PORT, destPort);
  return !isSame || lackedDest;
}

/** Turns a socket's tuple round: the client is always its source. */
export function swapEnds(file: File): void {
  const bytes = file.socketBytes();
  const own = file.kind === 'ipv4' ? IPV4 : IPV6;
  const count = file.kind === 'ipv4' ? IPV4_BYTES : IPV6_BYTES;
  const source = bytes.slice(own.SOURCE, own.SOURCE + count);
  const port = portAt(bytes, own.SOURCE_PORT);
  copyBytes(bytes, own.SOURCE, bytes, own.DEST, count);
  setPort(bytes, own.SOURCE_PORT, portAt(bytes, own.DEST_PORT));
  copyBytes(bytes, own.DEST, source, 0, count);
  setPort(bytes, own.DEST_PORT, port);
}

/** The name of an internet socket, from what is known of its two ends. */
export function tupleName(file: File): ByteString {
  const bytes = file.socketBytes();
  const { l4 } = file;
  const hasPorts = l4 === L4.TCP || l4 === L4.UDP;
  if (file.kind === 'ipv4') {
    if (hasPorts) return ipv4TupleText(bytes, IPV4.SOURCE, IPV4.SOURCE_PORT, IPV4.DEST, IPV4.DEST_PORT);
    const isBare = l4 === L4.ICMP || l4 === L4.RAW;
    return isBare ? `${ipv4Text(bytes, IPV4.SOURCE)}->${ipv4Text(bytes, IPV4.DEST)}` : '<unknown>';
  }
  if (!hasPorts && l4 !== L4.ICMP) return '<unknown>';
  if (isMapped(bytes, IPV6.SOURCE) && isMapped(bytes, IPV6.DEST)) {
    // The ports are read where an IPv4 socket has them, as in Falco.
    if (hasPorts) return ipv4TupleText(bytes, IPV6.SOURCE + 12, IPV4.SOURCE_PORT, IPV6.DEST + 12, IPV4.DEST_PORT);
    return `${ipv4Text(bytes, IPV6.SOURCE + 12)}->${ipv4Text(bytes, IPV6.DEST + 12)}`;
  }
  if (hasPorts) return ipv6TupleText(bytes, IPV6.SOURCE, IPV6.SOURCE_PORT, IPV6.DEST, IPV6.DEST_PORT);
  return `${ipv6Text(bytes, IPV6.SOURCE)}->${ipv6Text(bytes, IPV6.DEST)}`;
}

/** Notes the kernel addresses of a unix socktuple. */
export function setUnixPointers(file: File, tuple: Uint8Array): void {
  copyBytes(file.socketBytes(), UNIX.SOURCE, tuple, 1, 16);
}

/** The path in a unix address or tuple that begins at a place, up to its NUL. */
export function unixPath(bytes: Uint8Array, at: number): ByteString {
  let path = '';
  for (let i = at; i < bytes.length && bytes[i] !== 0; i++) path += String.fromCharCode(bytes[i] as number);
  return path;
}

/** `SOURCE->DEST PATH`, pointers in hexadecimal. */
export function unixName(tuple: Uint8Array, path: ByteString): ByteString {
  return `${pointerText(tuple, 1)}->${pointerText(tuple, 9)} ${printable(path)}`;
}

function pointerText(bytes: Uint8Array, at: number): ByteString {
  let text = '';
  for (let i = 7; i >= 0; i--) text += (bytes[at + i] as number).toString(16).padStart(2, '0');
  return text.replace(/^0+(?=.)/, '');
}
