/**
 * Where the parts of a socket's addresses lie, in bytes, for each kind. Falco keeps one block of memory per file and
 * reads it by the kind the file has at the moment; a socket that changes its kind (an IPv6 socket that talks to an
 * IPv4-mapped address, a bound UDP socket that then receives) keeps the bytes that the other kind wrote. What Falco
 * shows then follows from this layout, so it is kept as it is. Ports are little endian.
 */
export const IPV4 = { SOURCE: 0, DEST: 4, SOURCE_PORT: 8, DEST_PORT: 10, L4: 12 } as const;
/** The same for a pair of IPv6 addresses. */
export const IPV6 = { SOURCE: 0, DEST: 16, SOURCE_PORT: 32, DEST_PORT: 34, L4: 36 } as const;
/** A bound IPv4 socket. */
export const IPV4_SERVER = { ADDRESS: 0, PORT: 4, L4: 6 } as const;
/** A bound IPv6 socket. */
export const IPV6_SERVER = { ADDRESS: 0, PORT: 16, L4: 18 } as const;
/** Kernel addresses of a unix socket and its peer. */
export const UNIX = { SOURCE: 0, DEST: 8 } as const;
/** Bytes of the block. */
export const SOCKET_BYTES = 40;
/** Bytes of an address. */
export const IPV4_BYTES = 4;
/** Bytes of an address. */
export const IPV6_BYTES = 16;

/** A port. */
export function portAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

/** Writes a port. */
export function setPort(bytes: Uint8Array, at: number, port: number): void {
  bytes[at] = port & 0xff;
  bytes[at + 1] = (port >> 8) & 0xff;
}

/** True when `count` bytes at two places are equal. */
export function sameBytes(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (a[aAt + i] !== b[bAt + i]) return false;
  return true;
}

/** True when `count` bytes are all zero. */
export function isZero(bytes: Uint8Array, at: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (bytes[at + i] !== 0) return false;
  return true;
}

/** Copies `count` bytes. */
export function copyBytes(to: Uint8Array, toAt: number, from: Uint8Array, fromAt: number, count: number): void {
  for (let i = 0; i < count; i++) to[toAt + i] = from[fromAt + i] as number;
}

/** True for an IPv6 address that stands for an IPv4 one (`::ffff:0:0/96`); Falco counts the empty address as one too. */
export function isMapped(bytes: Uint8Array, at: number): boolean {
  if (!isZero(bytes, at, 10)) return false;
  return (bytes[at + 10] === 0xff && bytes[at + 11] === 0xff) || isZero(bytes, at + 10, 6);
}
