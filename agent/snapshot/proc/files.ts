import { readdirSync, statSync } from 'node:fs';
import type { ByteString } from '../../../engine/model/byte-string.ts';
import type { FileEntry } from '../../../engine/model/snapshot.ts';
import { emptyFile } from '../../../engine/trace/scap/file-list.ts';
import { FILE_NUMBER, fileKind, openFlags } from '../file-entry.ts';
import type { ProcSocket } from './sockets.ts';
import { contents, target } from './texts.ts';

/** Open files of one process that are looked at, at most. */
const MAX_FILES = 65_536;
const TYPE = 0o170000;

/** The open files of a process, by its folder in /proc. */
export function readFiles(folder: string, sockets: ReadonlyMap<number, ProcSocket>): FileEntry[] {
  let fds: string[];
  try {
    fds = readdirSync(`${folder}/fd`);
  } catch {
    return [];
  }
  return fds.slice(0, MAX_FILES).flatMap((fd) => readFile(folder, fd, sockets) ?? []);
}

function readFile(folder: string, fd: string, sockets: ReadonlyMap<number, ProcSocket>): FileEntry | undefined {
  const name = target(`${folder}/fd/${fd}`);
  if (name === '') return undefined;
  try {
    const { ino, mode, dev } = statSync(`${folder}/fd/${fd}`);
    const inode = ino;
    if (name.startsWith('socket:[')) return socketEntry(Number(fd), inode, name, sockets.get(inode));
    const kindCode = fileKind(mode & TYPE, name);
    const own = { ...emptyFile(Number(fd), kindCode), inode, name };
    if (kindCode !== FILE_NUMBER.FILE) return own;
    const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(contents(`${folder}/fdinfo/${fd}`))?.[1] ?? '0', 8);
    return { ...own, openFlags: openFlags(flags), device: dev };
  } catch {
    return undefined;
  }
}

function socketEntry(fd: number, inode: number, name: ByteString, socket: ProcSocket | undefined): FileEntry {
  if (socket === undefined) return { ...emptyFile(fd, FILE_NUMBER.UNSUPPORTED), inode, name };
  const { kind, l4, isListening, local, peer } = socket;
  if (kind === 'unix') return { ...emptyFile(fd, FILE_NUMBER.UNIX), inode, name: socket.name };
  if (kind === 'netlink') return { ...emptyFile(fd, FILE_NUMBER.NETLINK), inode };
  const own = { inode, l4, sourceIp: local.ip, sourcePort: local.port };
  if (isListening) {
    return { ...emptyFile(fd, kind === 'ipv4' ? FILE_NUMBER.IPV4_SERVER : FILE_NUMBER.IPV6_SERVER), ...own };
  }
  const number = kind === 'ipv4' ? FILE_NUMBER.IPV4 : FILE_NUMBER.IPV6;
  return { ...emptyFile(fd, number), ...own, destIp: peer.ip, destPort: peer.port };
}
