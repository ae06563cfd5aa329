import { bytesOf } from '../model/byte-string.ts';
import type { Integer } from '../model/integer.ts';
import type { FileEntry } from '../model/snapshot.ts';
import { File } from './file.ts';
import { FileTable } from './files.ts';
import {
  copyBytes,
  IPV4,
  IPV4_BYTES,
  IPV4_SERVER,
  IPV6,
  IPV6_BYTES,
  IPV6_SERVER,
  isMapped,
  setPort,
  UNIX,
} from './socket-layout.ts';
import { ipv4Text, ipv4TupleText, ipv6Text, ipv6TupleText } from './address-text.ts';
import { printable } from './printable.ts';
import { L4, swapEnds } from './socket-tuple.ts';
import type { System } from './system.ts';

/**
 * Takes the open files of a thread of the snapshot.
 *
 * @param serverPorts gets the ports that servers listen on
 */
export function importFiles(
  system: System,
  tid: number,
  entries: readonly FileEntry[],
  serverPorts: Set<number>,
): void {
  const thread = system.threads.get(tid);
  if (thread === undefined) return;
  for (const entry of entries) {
    if (entry.kind === 'unknown') continue;
    const file = fileOf(system, entry);
    thread.files ??= new FileTable(system.threads.files);
    if (!thread.files.set(entry.fd, file)) return;
    if (file.kind === 'ipv4-server' || file.kind === 'ipv6-server') serverPorts.add(file.sourcePort);
  }
}

/** Finds out who is the client of each IPv4 connection: the side whose port nobody listens on. */
export function orientSockets(system: System, serverPorts: ReadonlySet<number>): void {
  for (const thread of system.threads.values()) {
    for (const file of thread.files?.values() ?? []) {
      if (file.kind !== 'ipv4') continue;
      if (!serverPorts.has(file.sourcePort)) file.isClient = true;
      else {
        swapEnds(file);
        file.name = system.texts.of(ipv4Name(file.socketBytes()));
        file.isServer = true;
      }
    }
  }
}

function fileOf(system: System, entry: FileEntry): File {
  const file = new File(entry.fd, entry.kind);
  file.inode = entry.inode;
  file.openFlags = entry.openFlags;
  file.device = entry.device;
  file.name = system.texts.of(isInternet(entry) ? takeAddresses(file, entry) : printable(entry.name));
  if (entry.kind !== 'unix') return file;
  putPointer(file.socketBytes(), UNIX.SOURCE, entry.sourcePointer);
  putPointer(file.socketBytes(), UNIX.DEST, entry.destPointer);
  if (entry.name === '') file.isClient = true;
  else file.isServer = true;
  return file;
}

function isInternet({ kind }: FileEntry): boolean {
  return kind === 'ipv4' || kind === 'ipv6' || kind === 'ipv4-server' || kind === 'ipv6-server';
}

/** Lays out the addresses; answers the name. */
function takeAddresses(file: File, entry: FileEntry): string {
  const bytes = file.socketBytes();
  const source = bytesOf(entry.sourceIp);
  const dest = bytesOf(entry.destIp);
  if (entry.kind === 'ipv4-server') {
    copyBytes(bytes, IPV4_SERVER.ADDRESS, source, 0, IPV4_BYTES);
    setPort(bytes, IPV4_SERVER.PORT, entry.sourcePort);
    bytes[IPV4_SERVER.L4] = entry.l4;
    return `${ipv4Text(bytes, IPV4_SERVER.ADDRESS)}:${entry.sourcePort}`;
  }
  if (entry.kind === 'ipv6-server') {
    copyBytes(bytes, IPV6_SERVER.ADDRESS, source, 0, IPV6_BYTES);
    setPort(bytes, IPV6_SERVER.PORT, entry.sourcePort);
    bytes[IPV6_SERVER.L4] = entry.l4;
    return `${ipv6Text(bytes, IPV6_SERVER.ADDRESS)}:${entry.sourcePort}`;
  }
  file.connected = entry.l4 === L4.TCP;
  if (entry.kind === 'ipv6' && isMapped(source, 0) && isMapped(dest, 0)) {
    file.kind = 'ipv4';
    return takeIpv4(bytes, entry, source.subarray(12), dest.subarray(12));
  }
  return entry.kind === 'ipv4' ? takeIpv4(bytes, entry, source, dest) : takeIpv6(bytes, entry, source, dest);
}

function takeIpv4(bytes: Uint8Array, entry: FileEntry, source: Uint8Array, dest: Uint8Array): string {
  copyBytes(bytes, IPV4.SOURCE, source, 0, IPV4_BYTES);
  copyBytes(bytes, IPV4.DEST, dest, 0, IPV4_BYTES);
  setPort(bytes, IPV4.SOURCE_PORT, entry.sourcePort);
  setPort(bytes, IPV4.DEST_PORT, entry.destPort);
  bytes[IPV4.L4] = entry.l4;
  return ipv4Name(bytes);
}

function takeIpv6(bytes: Uint8Array, entry: FileEntry, source: Uint8Array, dest: Uint8Array): string {
  copyBytes(bytes, IPV6.SOURCE, source, 0, IPV6_BYTES);
  copyBytes(bytes, IPV6.DEST, dest, 0, IPV6_BYTES);
  setPort(bytes, IPV6.SOURCE_PORT, entry.sourcePort);
  setPort(bytes, IPV6.DEST_PORT, entry.destPort);
  bytes[IPV6.L4] = entry.l4;
  return ipv6TupleText(bytes, IPV6.SOURCE, IPV6.SOURCE_PORT, IPV6.DEST, IPV6.DEST_PORT);
}

function ipv4Name(bytes: Uint8Array): string {
  return ipv4TupleText(bytes, IPV4.SOURCE, IPV4.SOURCE_PORT, IPV4.DEST, IPV4.DEST_PORT);
}

function putPointer(bytes: Uint8Array, at: number, pointer: Integer): void {
  const value = BigInt.asUintN(64, BigInt(pointer));
  for (let i = 0; i < 8; i++) bytes[at + i] = Number((value >> BigInt(8 * i)) & 0xffn);
}
