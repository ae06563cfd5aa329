import type { Integer } from '../../model/integer.ts';
import type { Text } from '../../model/text.ts';
import { File } from '../file.ts';
import { OLD_NULL, type Handler } from '../handler.ts';
import { enterEventOf } from '../kept-enter.ts';
import type { Moment } from '../moment.ts';
import { AT_FDCWD, OPEN } from '../open-flags.ts';
import { addFile } from '../opened-file.ts';
import { UNKNOWN } from '../thread.ts';

/** Bits that the kernel adds at exit; the others are what the process asked for. */
const TOLD_AT_EXIT = ~(OPEN.CREATED - 1);
const SLASH = 0x2f;
const CREAT_UPPER_LAYER = 1 << 0;
const CREAT_LOWER_LAYER = 1 << 1;

/** open: name, flags, mode, device, inode. */
export const open: Handler = (moment) => {
  const { event } = moment;
  if (!succeeded(moment)) return;
  const entered = trusted(moment);
  const asked = event.uint32(2);
  const flags = entered === undefined ? asked : entered.flags | (asked & TOLD_AT_EXIT);
  const device = event.uint32(4);
  const inode = event.has(4) ? event.unsigned64(5) : 0;
  const name = entered?.name ?? nameParam(moment, 1);
  addOpened(moment, inWorkingDirectory(moment, name), name, flags, device, inode);
};

/** creat: name, mode, device, inode, overlay layer. The flags hold nothing but the layer. */
export const creat: Handler = (moment) => {
  const { event } = moment;
  if (!succeeded(moment)) return;
  const name = trusted(moment)?.name ?? nameParam(moment, 1);
  const device = event.uint32(3);
  const inode = event.has(3) ? event.unsigned64(4) : 0;
  const flags = event.has(3) && event.has(4) ? layerOf(event.uint16(5)) : 0;
  addOpened(moment, inWorkingDirectory(moment, name), name, flags, device, inode);
};

/** openat: directory, name, flags, mode, device, inode. */
export const openat: Handler = (moment) => openInDirectory(moment, 5);

/** openat2: directory, name, flags, mode, resolve, device, inode. */
export const openat2: Handler = (moment) => openInDirectory(moment, 6);

/** open_by_handle_at: mount, flags, path, device, inode. The path is always absolute. */
export const openByHandleAt: Handler = (moment) => {
  const { event, system } = moment;
  if (!succeeded(moment)) return;
  const name = nameParam(moment, 3);
  const path = system.paths.join(system.noBase, name);
  addOpened(moment, path, name, event.uint32(2), event.uint32(4), event.unsigned64(5));
};

function openInDirectory(moment: Moment, deviceParam: number): void {
  const { event, system } = moment;
  if (!succeeded(moment)) return;
  const entered = trusted(moment);
  const asked = event.uint32(3);
  const flags = entered === undefined ? asked : entered.flags | (asked & TOLD_AT_EXIT);
  const name = entered?.name ?? nameParam(moment, 2);
  const hasFile = event.has(deviceParam + 1);
  const device = hasFile ? event.uint32(deviceParam) : 0;
  const inode = hasFile ? event.unsigned64(deviceParam + 1) : 0;
  const hasDirectory = entered === undefined ? event.has(1) : entered.hasDirfd;
  const dirfd = entered === undefined ? event.int64(1) : entered.dirfd;
  const path = hasDirectory ? pathAt(moment, dirfd, name) : system.paths.join(system.noBase, name);
  addOpened(moment, path, name, flags, device, inode);
}

/** The path that a name means in an open directory. */
function pathAt(moment: Moment, dirfd: number, name: Text): Text {
  const { system, thread } = moment;
  if (dirfd === AT_FDCWD || isAbsolute(name)) return inWorkingDirectory(moment, name);
  const directory = thread?.findFile(dirfd);
  if (directory === undefined) return system.paths.join(system.texts.of('<UNKNOWN>'), name);
  return system.paths.join(directory.name, name, true);
}

function succeeded(moment: Moment): boolean {
  return moment.thread !== undefined && moment.result >= 0;
}

/** The entry event, unless it lacks the name: what it says can't have been changed behind the kernel's back. */
function trusted(moment: Moment): ReturnType<typeof enterEventOf> {
  const entered = enterEventOf(moment);
  return entered?.name.value === UNKNOWN ? undefined : entered;
}

function nameParam({ event, system }: Moment, index: number): Text {
  const name = event.text(index, system.texts);
  return event.has(index) && name.value !== OLD_NULL ? name : system.texts.of(UNKNOWN);
}

function inWorkingDirectory({ system, thread }: Moment, name: Text): Text {
  const isAlone = thread === undefined || isAbsolute(name);
  return system.paths.join(isAlone ? system.noBase : system.texts.of(thread.workingDirectory), name);
}

function isAbsolute(name: Text): boolean {
  return name.value.charCodeAt(0) === SLASH;
}

function addOpened(moment: Moment, path: Text, name: Text, flags: number, device: number, inode: Integer): void {
  const file = new File(moment.result, (flags & OPEN.DIRECTORY) !== 0 ? 'directory' : 'file');
  file.name = path;
  file.rawName = name;
  file.openFlags = flags;
  file.device = device;
  file.inode = inode;
  file.upperLayer = (flags & OPEN.UPPER_LAYER) !== 0;
  file.lowerLayer = (flags & OPEN.LOWER_LAYER) !== 0;
  addFile(moment, file);
}

function layerOf(flags: number): number {
  if ((flags & CREAT_UPPER_LAYER) !== 0) return OPEN.UPPER_LAYER;
  return (flags & CREAT_LOWER_LAYER) !== 0 ? OPEN.LOWER_LAYER : 0;
}
