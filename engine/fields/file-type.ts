import type { FileKind } from '../model/snapshot.ts';
import type { File } from '../state/files.ts';

/** What stands for the kind of a file that has none at all. */
export const KINDLESS = 'none';

/** `fd.type` and `fd.typechar` of each kind of open file. */
const FILE_TYPES: Readonly<Record<FileKind | typeof KINDLESS, readonly [name: string, char: string]>> = {
  [KINDLESS]: ['<NA>', '?'],
  unknown: ['<NA>', 'o'],
  unsupported: ['<NA>', 'X'],
  file: ['file', 'f'],
  directory: ['directory', 'd'],
  ipv4: ['ipv4', '4'],
  ipv6: ['ipv6', '6'],
  'ipv4-server': ['ipv4', '4'],
  'ipv6-server': ['ipv6', '6'],
  fifo: ['pipe', 'p'],
  unix: ['unix', 'u'],
  event: ['event', 'e'],
  signalfd: ['signalfd', 's'],
  eventpoll: ['eventpoll', 'l'],
  inotify: ['inotify', 'i'],
  timerfd: ['timerfd', 't'],
  netlink: ['netlink', 'n'],
  bpf: ['bpf', 'b'],
  userfaultfd: ['userfaultfd', 'u'],
  io_uring: ['io_uring', 'r'],
  memfd: ['memfd', 'm'],
  pidfd: ['pidfd', 'P'],
};

/** `fd.type` and `fd.typechar` of a kind. */
export function typeOfKind(kind: FileKind | typeof KINDLESS): { readonly name: string; readonly char: string } {
  const [name, char] = FILE_TYPES[kind];
  return { name, char };
}

/** `fd.type`: `file`, `ipv4`, ...; the text `<NA>` for a kind that has no name. */
export function fileTypeName(file: File): string {
  return FILE_TYPES[kindOf(file)][0];
}

/** `fd.typechar`: one character, `?` for what is no kind of file at all. */
export function fileTypeChar(file: File): string {
  return FILE_TYPES[kindOf(file)][1];
}

/** The kind of a file, or what stands for none. */
export function kindOf(file: File): FileKind | typeof KINDLESS {
  return file.hasKind ? file.kind : KINDLESS;
}
