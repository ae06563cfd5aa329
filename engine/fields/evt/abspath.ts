import { EVENT_TYPES, eventCode } from '../../model/event-types.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Moment } from '../../state/moment.ts';
import { AT_FDCWD } from '../../state/open-flags.ts';
import { joinPath } from '../../state/paths.ts';
import type { Thread } from '../../state/thread.ts';
import type { Reading } from '../field.ts';
import { recordedParam } from './param/recorded-text.ts';

/** Names of the parameters with a directory and with a path in it. */
type Place = readonly [directory: string, path: string];

/** The paths of each event: one, or where two are named the old and the new one. */
const PLACES: Readonly<Record<string, { readonly old: Place; readonly new: Place }>> = {
  SYSCALL_RENAMEAT_X: { old: ['olddirfd', 'oldpath'], new: ['newdirfd', 'newpath'] },
  SYSCALL_RENAMEAT2_X: { old: ['olddirfd', 'oldpath'], new: ['newdirfd', 'newpath'] },
  SYSCALL_LINKAT_2_X: { old: ['olddir', 'oldpath'], new: ['newdir', 'newpath'] },
  SYSCALL_SYMLINKAT_X: both('linkdirfd', 'linkpath'),
  SYSCALL_OPENAT_2_X: both('dirfd', 'name'),
  SYSCALL_OPENAT2_X: both('dirfd', 'name'),
  SYSCALL_UNLINKAT_2_X: both('dirfd', 'name'),
  SYSCALL_MKDIRAT_X: both('dirfd', 'path'),
  SYSCALL_FCHMODAT_X: both('dirfd', 'filename'),
  SYSCALL_FCHOWNAT_X: both('dirfd', 'pathname'),
};

const BY_HANDLE = eventCode('SYSCALL_OPEN_BY_HANDLE_AT_X');
/** Parameters of the open by handle, which gives the whole path when it succeeded. */
const HANDLE_FD = 0;
const HANDLE_PATH = 3;

/** `evt.abspath`: what an *at syscall names. `.src` and `.dst` choose one of two paths; where there is one, all are that. */
export function absolutePath(which: 'old' | 'new'): Reading {
  const places = EVENT_TYPES.map(({ symbol, params }) => {
    const place = PLACES[symbol]?.[which];
    return place?.map((name) => params.findIndex((param) => param.name === name));
  });
  return {
    subject: 'event',
    eventTypes: new Set([...Object.keys(PLACES).map(eventCode), BY_HANDLE]),
    read: (moment) => {
      if (moment.thread === undefined) return undefined;
      if (moment.event.type === BY_HANDLE) return pathOfHandle(moment);
      const [directory, path] = places[moment.event.type] ?? [];
      return directory === undefined || path === undefined ? undefined : joined(moment, moment.thread, directory, path);
    },
  };
}

function joined(moment: Moment, thread: Thread, directory: number, path: number): ByteString | undefined {
  const { event } = moment;
  if (!event.has(directory) || !event.has(path)) return undefined;
  const text = recordedParam(event, path);
  return joinPath(text.startsWith('/') ? '' : directoryName(thread, event.int64(directory)), text);
}

/** Falco adds a slash to a name that ends in one already, too. */
function directoryName(thread: Thread, fd: number): ByteString {
  if (fd === AT_FDCWD) return thread.workingDirectory;
  return `${thread.file(fd)?.name.value ?? '<UNKNOWN>'}/`;
}

function pathOfHandle({ event }: Moment): ByteString | undefined {
  return event.int64(HANDLE_FD) > 0 ? joinPath('', recordedParam(event, HANDLE_PATH)) : undefined;
}

function both(directory: string, path: string): { readonly old: Place; readonly new: Place } {
  return { old: [directory, path], new: [directory, path] };
}
