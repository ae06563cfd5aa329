import type { ByteString } from '../model/byte-string.ts';
import { eventCode } from '../model/event-types.ts';
import { MAX_PATH_BYTES } from '../model/limits.ts';
import type { Text } from '../model/text.ts';
import type { Moment } from '../state/moment.ts';
import { AT_FDCWD } from '../state/open-flags.ts';
import { joinPath } from '../state/paths.ts';
import type { System } from '../state/system.ts';
import type { Thread } from '../state/thread.ts';
import { recordedColumn } from './evt/param/recorded-text.ts';
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
 * A relative path is resolved. Most of these are failed opens, and there are many: their texts are never decoded twice.
 */
export function nameInEvent(moment: Moment): Text | undefined {
  const { event, thread, system } = moment;
  if (event.type % 2 === 0 || thread === undefined) return undefined;
  switch (NAMINGS.get(event.type)) {
    case 'argument':
      return textOf(moment, paramText(moment, ARGUMENT));
    case 'below-directory':
      if (!event.has(DIRECTORY) || !event.has(BELOW_DIRECTORY)) return undefined;
      return pathBelow(system, thread, event.int64(DIRECTORY), recordedColumn(event, BELOW_DIRECTORY, system.texts));
    case 'handle':
      return recordedColumn(event, HANDLE_PATH, system.texts);
    default:
      return textOf(moment, '');
  }
}

/** The same as given to the call, where the event has it apart; else as `nameInEvent`. */
export function rawNameInEvent(moment: Moment): Text | undefined {
  const { event, system } = moment;
  if (NAMINGS.get(event.type) !== 'below-directory') return nameInEvent(moment);
  return event.has(BELOW_DIRECTORY) ? recordedColumn(event, BELOW_DIRECTORY, system.texts) : undefined;
}

function pathBelow({ paths, texts, noBase }: System, thread: Thread, dirfd: number, path: Text): Text {
  if (path.value.startsWith('/')) {
    // Falco gives a place to a directory here, which the longest path no longer has.
    const isLongest = path.value.length + 2 > MAX_PATH_BYTES;
    return isLongest ? texts.of(joinPath('.', path.value)) : paths.join(noBase, path);
  }
  if (dirfd === AT_FDCWD) return paths.join(texts.of(thread.workingDirectory), path);
  const directory = thread.file(dirfd)?.name;
  return directory === undefined ? paths.join(texts.of('<UNKNOWN>'), path) : paths.join(directory, path, true);
}

function textOf({ system }: Moment, value: ByteString | undefined): Text | undefined {
  return value === undefined ? undefined : system.texts.of(value);
}
