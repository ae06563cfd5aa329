import { L4_PROTOCOLS } from '../model/snapshot.ts';
import type { File } from '../state/files.ts';

/** True for a socket with two ends; its client is the source and its server the destination once the role is known. */
export function isConnection(file: File): boolean {
  return file.kind === 'ipv4' || file.kind === 'ipv6';
}

/** True for a socket that is bound: its source is the address and the port it is bound to, and it has no other end. */
export function isServerSocket(file: File): boolean {
  return file.kind === 'ipv4-server' || file.kind === 'ipv6-server';
}

/** True for a connection of which is known which end is the client. */
export function hasEnds(file: File): boolean {
  return isConnection(file) && file.role !== undefined;
}

const RAW = L4_PROTOCOLS.indexOf('raw');

/** `fd.l4proto`: `tcp`, `udp`, `icmp`, `raw`; the text `<NA>` for anything else and, but for raw, before the role is known. */
export function transportName(file: File): string {
  if (isConnection(file) && file.role === undefined && file.l4 !== RAW) return '<NA>';
  const name = L4_PROTOCOLS[file.l4];
  return name === undefined || name === 'unknown' ? '<NA>' : name;
}
