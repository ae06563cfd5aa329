import type { ByteString } from '../model/byte-string.ts';
import { eventCode } from '../model/event-types.ts';
import type { Moment } from '../state/moment.ts';
import { AT_FDCWD } from '../state/open-flags.ts';
import { joinPath } from '../state/paths.ts';
import type { Thread } from '../state/thread.ts';
import { recordedParam } from './evt/param/recorded-text.ts';
import { paramText } from './evt/param/text.ts';

/** How an event names its file: as `evt.arg[1]` shows it, below a directory, or in the parameter of a handle. */
type Naming = 'argument' | 'below-directory' | 'handle';

const NAMINGS: ReadonlyMap<number, Naming> = new Map(
  (
    [
      ['SYSCALL_OPEN_X', 'argument'],
      ['SYSCALL_CREAT_X', 'argument'],
      ['SOCKET_ACCEPT_5_X', 'argument'],
      ['SOCKET_ACCEPT4_6_X', 'argument'],
      ['SOCKET_CONNECT_X', 'argument'],
      ['SYSCALL_OPENAT_2_X', 'below-directory'],
      ['SYSCALL_OPENAT2_X', 'below-directory'],
      ['SYSCALL_OPEN_BY_HANDLE_AT_X', 'handle'],
    ] as const
  ).map(([symbol, naming]) => [eventCode(symbol), naming]),
);

/** Parameters with the name by naming, and of the directory that it lies below. */
const ARGUMENT = 1;
const DIRECTORY = 1;
const BELOW_DIRECTORY = 2;
const HANDLE_PATH = 3;

/**
 * The name of a file that is not known, from the event itself: absent on entries, empty on exits that carry no name.
 * A relative path is resolved.
 */
export function nameInEvent(moment: Moment): ByteString | undefined {
  const { event, thread } = moment;
  if (event.type % 2 === 0 || thread === undefined) return undefined;
  switch (NAMINGS.get(event.type)) {
    case 'argument':
      return paramText(moment, ARGUMENT);
    case 'below-directory':
      if (!event.has(DIRECTORY) || !event.has(BELOW_DIRECTORY)) return undefined;
      return pathBelow(thread, event.int64(DIRECTORY), recordedParam(event, BELOW_DIRECTORY));
    case 'handle':
      return recordedParam(event, HANDLE_PATH);
    default:
      return '';
  }
}

/** The same as given to the call, where the event has it apart; else as `nameInEvent`. */
export function rawNameInEvent(moment: Moment): ByteString | undefined {
  const { event } = moment;
  if (NAMINGS.get(event.type) !== 'below-directory') return nameInEvent(moment);
  return event.has(BELOW_DIRECTORY) ? recordedParam(event, BELOW_DIRECTORY) : undefined;
}

function pathBelow(thread: Thread, dirfd: number, path: ByteString): ByteString {
  if (path.startsWith('/')) return joinPath('.', path);
  if (dirfd === AT_FDCWD) return joinPath(thread.workingDirectory, path);
  const directory = thread.file(dirfd)?.name.value;
  if (directory === undefined) return joinPath('<UNKNOWN>', path);
  return joinPath(directory === '' || directory.endsWith('/') ? directory : `${directory}/`, path);
}
