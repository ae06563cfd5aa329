import { byteString, type ByteString } from '../../engine/model/byte-string.ts';
import { FILE_KINDS, type FileEntry } from '../../engine/model/snapshot.ts';
import { emptyFile } from '../../engine/trace/scap/file-list.ts';
import { FILE, RETURN, SECTION, SOCKET } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { bytesAt } from '../table/params.ts';
import { openBits } from '../table/flags.ts';
import { eventCode } from '../../engine/model/event-types.ts';

/** scap's numbers of the kinds of files. */
export const FILE_NUMBER = {
  DIRECTORY: 2,
  IPV4: 3,
  IPV6: 4,
  IPV4_SERVER: 5,
  IPV6_SERVER: 6,
  FIFO: 7,
  UNIX: 8,
  UNSUPPORTED: 10,
  NETLINK: 15,
  FILE: 16,
  MEMFD: 20,
};
/** Kinds by what the kernel calls a file that has no inode of its own. */
const ANONYMOUS: readonly (readonly [string, number])[] = [
  ['[eventfd', 9],
  ['[signalfd', 11],
  ['[eventpoll', 12],
  ['inotify', 13],
  ['[timerfd', 14],
  ['bpf', 17],
  ['[userfaultfd', 18],
  ['[io_uring', 19],
  ['[pidfd', 21],
];
const MODE = { TYPE: 0o170000, DIRECTORY: 0o040000, FIFO: 0o010000, SOCKET: 0o140000 };
const FAMILY = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 };
/** sock.sk_state of a listening TCP socket. */
const LISTENING = 10;
const PROTOCOL: Readonly<{ [number: number]: number }> = { 6: 2, 17: 3, 1: 4, 255: 5 };
const NAME_BYTES = 1000;
/** Open flags as scap has them. */
export const openFlags = openBits({ code: eventCode('SYSCALL_OPEN_X'), index: 2 });

/** The entry of an open file; undefined for a record that does not say enough. */
export function fileEntry(record: Record): FileEntry | undefined {
  const at = bytesAt(record, SECTION.FILE, RETURN, 32);
  if (at === -1) return undefined;
  const inode = record.uint64(at + FILE.INODE);
  const own = { ...emptyFile(record.result, FILE_NUMBER.UNSUPPORTED), inode };
  const socket = bytesAt(record, SECTION.SOCKET, RETURN, 72);
  const type = record.uint32(at + FILE.MODE) & MODE.TYPE;
  if (type === MODE.SOCKET) return { ...own, ...socketPart(record, socket, inode) };
  const name = nameOf(record);
  const kindCode = fileKind(type, name);
  return {
    ...own,
    ...kind(kindCode),
    name,
    ...(kindCode === FILE_NUMBER.FILE && {
      openFlags: openFlags(record.uint32(at + FILE.FLAGS)),
      device: record.uint32(at + FILE.DEVICE),
    }),
  };
}

function kind(kindCode: number): Pick<FileEntry, 'kind' | 'kindCode'> {
  return { kindCode, kind: FILE_KINDS[kindCode] ?? 'unsupported' };
}

function nameOf(record: Record): ByteString {
  const section = record.find(SECTION.TEXT, RETURN);
  return section === -1 ? '' : record.text(section).slice(0, NAME_BYTES);
}

/** The kind of a file that is no socket, by the type in its mode and by its name. */
export function fileKind(type: number, name: ByteString): number {
  if (type === MODE.FIFO) return FILE_NUMBER.FIFO;
  if (type === MODE.DIRECTORY) return FILE_NUMBER.DIRECTORY;
  if (name.startsWith('/memfd:')) return FILE_NUMBER.MEMFD;
  if (!name.startsWith('anon_inode:')) return FILE_NUMBER.FILE;
  const inner = name.slice('anon_inode:'.length);
  return ANONYMOUS.find(([start]) => inner.startsWith(start))?.[1] ?? FILE_NUMBER.UNSUPPORTED;
}

function socketPart(
  record: Record,
  at: number,
  inode: FileEntry['inode'],
): Partial<FileEntry> & ReturnType<typeof kind> {
  if (at === -1) return { ...kind(FILE_NUMBER.UNSUPPORTED), name: `socket:[${inode}]` };
  const family = record.uint16(at);
  if (family === FAMILY.UNIX) {
    return {
      ...kind(FILE_NUMBER.UNIX),
      sourcePointer: record.uint64(at + SOCKET.SELF),
      destPointer: record.uint64(at + SOCKET.OTHER),
      name: record.fixedText(at + SOCKET.LOCAL_PATH, SOCKET.PATH_BYTES),
    };
  }
  if (family !== FAMILY.INET && family !== FAMILY.INET6) {
    const kindCode = family === FAMILY.NETLINK ? FILE_NUMBER.NETLINK : FILE_NUMBER.UNSUPPORTED;
    return { ...kind(kindCode), name: family === FAMILY.NETLINK ? '' : `socket:[${inode}]` };
  }
  return internetPart(record, at, family);
}

function internetPart(record: Record, at: number, family: number): Partial<FileEntry> & ReturnType<typeof kind> {
  const bytes = family === FAMILY.INET ? 4 : 16;
  const ip = (offset: number) => byteString(record.bytes, at + offset, at + offset + bytes);
  const local = { sourceIp: ip(SOCKET.LOCAL), sourcePort: record.uint16(at + SOCKET.LOCAL_PORT) };
  const l4 = PROTOCOL[record.uint16(at + SOCKET.PROTOCOL)] ?? 0;
  if (record.bytes[at + SOCKET.STATE] === LISTENING) {
    return { ...kind(family === FAMILY.INET ? FILE_NUMBER.IPV4_SERVER : FILE_NUMBER.IPV6_SERVER), ...local, l4 };
  }
  return {
    ...kind(family === FAMILY.INET ? FILE_NUMBER.IPV4 : FILE_NUMBER.IPV6),
    ...local,
    destIp: ip(SOCKET.PEER),
    destPort: record.uint16(at + SOCKET.PEER_PORT),
    l4,
  };
}
