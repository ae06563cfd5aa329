import { bytesOf, type ByteString } from '../../model/byte-string.ts';
import { FAMILY } from '../stage/listening.ts';
import type { Endpoint } from '../stage/open-file.ts';

/** An address as events carry it: family, then address and port, or a path. */
export function sockaddr(end: Endpoint): Uint8Array {
  return bytesOf(String.fromCharCode(familyOf(end.ip)) + endpointBytes(end));
}

/** A unix socket's address. */
export function unixSockaddr(path: ByteString): Uint8Array {
  return bytesOf(`${String.fromCharCode(FAMILY.UNIX)}${path}\0`);
}

/** Both ends of a connection: family, then source and destination. */
export function tuple(source: Endpoint, destination: Endpoint): Uint8Array {
  return bytesOf(String.fromCharCode(familyOf(destination.ip)) + endpointBytes(source) + endpointBytes(destination));
}

/** A unix connection: the two sockets' addresses in the kernel, and the path. */
export function unixTuple(sourceInode: number, destinationInode: number, path: ByteString): Uint8Array {
  const bytes = new Uint8Array(17 + path.length + 1);
  const view = new DataView(bytes.buffer);
  bytes[0] = FAMILY.UNIX;
  view.setBigUint64(1, kernelAddress(sourceInode), true);
  view.setBigUint64(9, kernelAddress(destinationInode), true);
  bytes.set(bytesOf(path), 17);
  return bytes;
}

/** The family of an address by its length. */
export function familyOf(ip: ByteString): number {
  return ip.length === 4 ? FAMILY.INET : FAMILY.INET6;
}

function endpointBytes({ ip, port }: Endpoint): ByteString {
  return ip + String.fromCharCode(port & 0xff, port >> 8);
}

/** Somewhere in the kernel's memory, another place for each socket. */
function kernelAddress(inode: number): bigint {
  return 0xffff888100000000n + BigInt(inode) * 1024n;
}
