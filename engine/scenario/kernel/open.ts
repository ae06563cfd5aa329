import type { ByteString } from '../../model/byte-string.ts';
import type { FileFacts } from '../stage/file-system.ts';
import type { OpenFile } from '../stage/open-file.ts';
import { absolutePath } from '../stage/paths.ts';
import type { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';

/** Flags of an opened file as events carry them: `PPM_O_*`. */
export const OPEN_FLAG = {
  RDONLY: 1 << 0,
  WRONLY: 1 << 1,
  RDWR: (1 << 0) | (1 << 1),
  CREAT: 1 << 2,
  APPEND: 1 << 3,
  EXCL: 1 << 5,
  NONBLOCK: 1 << 6,
  TRUNC: 1 << 8,
  DIRECTORY: 1 << 10,
  CLOEXEC: 1 << 12,
  TMPFILE: 1 << 13,
  F_CREATED: 1 << 14,
  UPPER_LAYER: 1 << 15,
  LOWER_LAYER: 1 << 16,
} as const;

/** The directory fd of a path that is relative to the working directory. */
export const AT_FDCWD = -100;

/** The calls that open a file by its path. */
export type OpenCall = 'openat' | 'open' | 'openat2' | 'creat';

/** What is opened, and how. */
export interface OpenOptions {
  readonly path: ByteString;
  /** `PPM_O_*` of what is asked for. */
  readonly flags: number;
  readonly mode?: number;
  readonly by?: OpenCall;
  /** The file is there, even if it would be made otherwise. */
  readonly exists?: boolean;
  /** 0, or a negative errno. */
  readonly result?: number;
}

/** Opens a file. Gives its number, or the negative errno. */
export function openFile(stage: Stage, process: Process, options: OpenOptions): number {
  const path = absolutePath(process.cwd, options.path);
  const { files } = process.place;
  const file = behindProc(process, path);
  const before = files.look(file);
  const result = options.result ?? 0;
  const creates = (options.flags & OPEN_FLAG.CREAT) !== 0;
  if (result < 0) {
    report(stage, process, options, result, options.flags, undefined);
    return result;
  }
  const changes = (options.flags & (OPEN_FLAG.WRONLY | OPEN_FLAG.TRUNC)) !== 0 || creates;
  if (changes) files.write(file, process.uid, stage.clock.now, creates);
  const facts = files.look(file);
  const isNew = creates && !before.written && !options.exists ? OPEN_FLAG.F_CREATED : 0;
  const fd = process.lowestFd();
  process.files.set(fd, openedFile(path, options.flags, facts));
  report(stage, process, options, fd, options.flags | isNew | layerFlag(facts), facts);
  return fd;
}

/** The file that a process finds behind its own entries in /proc: its program, and what it has open. */
function behindProc(process: Process, path: ByteString): ByteString {
  if (path === '/proc/self/exe') return process.image.exepath;
  const number = /^\/proc\/self\/fd\/(\d{1,6})$/.exec(path)?.[1];
  const open = number === undefined ? undefined : process.files.get(Number(number));
  return open?.kind === 'file' ? open.path : path;
}

function openedFile(path: ByteString, flags: number, facts: FileFacts): OpenFile {
  const kind = (flags & OPEN_FLAG.DIRECTORY) === 0 ? 'file' : 'directory';
  const closeOnExec = (flags & OPEN_FLAG.CLOEXEC) !== 0;
  return { path, kind, inode: facts.inode, device: facts.device, socket: undefined, closeOnExec };
}

function layerFlag(facts: FileFacts): number {
  if (facts.layer === 'none') return 0;
  return facts.layer === 'upper' ? OPEN_FLAG.UPPER_LAYER : OPEN_FLAG.LOWER_LAYER;
}

function report(
  stage: Stage,
  process: Process,
  options: OpenOptions,
  fd: number,
  asked: number,
  facts: FileFacts | undefined,
): void {
  // The probe's test for O_TMPFILE is also true of O_DIRECTORY.
  const flags = (asked & OPEN_FLAG.DIRECTORY) === 0 ? asked : asked | OPEN_FLAG.TMPFILE;
  const mode = (flags & (OPEN_FLAG.CREAT | OPEN_FLAG.TMPFILE)) === 0 ? 0 : (options.mode ?? 0);
  const [device, inode] = [facts?.device ?? 0, facts?.inode ?? 0];
  const { path } = options;
  switch (options.by ?? 'openat') {
    case 'openat':
      return stage.emit(process, 'SYSCALL_OPENAT_2_X', [fd, AT_FDCWD, path, flags, mode, device, inode]);
    case 'open':
      return stage.emit(process, 'SYSCALL_OPEN_X', [fd, path, flags, mode, device, inode]);
    case 'openat2':
      return stage.emit(process, 'SYSCALL_OPENAT2_X', [fd, AT_FDCWD, path, flags, mode, 0, device, inode]);
    case 'creat': {
      const layer = facts === undefined || facts.layer === 'none' ? 0 : facts.layer === 'upper' ? 1 : 2;
      return stage.emit(process, 'SYSCALL_CREAT_X', [fd, path, options.mode ?? 0, device, inode, layer]);
    }
  }
}
