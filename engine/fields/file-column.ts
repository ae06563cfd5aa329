import type { ByteString } from '../model/byte-string.ts';
import { EVENT_TYPES, eventCode } from '../model/event-types.ts';
import { FILE_KINDS, type FileKind } from '../model/snapshot.ts';
import type { Text } from '../model/text.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import { eventFile, FILE_EVENTS, fileEventThread } from './event-file.ts';
import { nameInEvent } from './event-name.ts';
import type { Reading } from './field.ts';
import { kindOf, KINDLESS, typeOfKind } from './file-type.ts';

/** What is known of an event's file by its kind and its name alone; fields about nothing else share one column. */
export interface NamedFile {
  /** Undefined for a file that is not known. */
  readonly kind: FileKind | typeof KINDLESS | undefined;
  /** `fd.typechar`; of a file that is not known what the event type says of it. */
  readonly typeChar: string;
  readonly name: ByteString | undefined;
}

/** What the event type says of a file that is not known, as after a failed call; by exit code. */
const GUESSES: readonly (readonly [char: string, symbols: string])[] = [
  ['f', 'SYSCALL_OPENAT_2_X SYSCALL_OPENAT2_X SYSCALL_CREAT_X'],
  ['4', 'SOCKET_SOCKET_X SOCKET_ACCEPT_5_X SOCKET_ACCEPT4_6_X'],
  ['p', 'SYSCALL_PIPE_X SYSCALL_PIPE2_X'],
  ['e', 'SYSCALL_EVENTFD_X SYSCALL_EVENTFD2_X'],
  ['s', 'SYSCALL_SIGNALFD_X SYSCALL_SIGNALFD4_X'],
  ['t', 'SYSCALL_TIMERFD_CREATE_X'],
  ['i', 'SYSCALL_INOTIFY_INIT_X SYSCALL_INOTIFY_INIT1_X'],
];
const UNKNOWN = 'o';

/** Kinds of a file that is known, by number. */
const KINDS = [...FILE_KINDS, KINDLESS] as const;
/** Kinds are numbered; then come the guesses, then those of files that have no name. */
const GUESSED = KINDS.length;
const GUESSED_CHARS = [...GUESSES.map(([char]) => char), UNKNOWN];
const NAMELESS = GUESSED + GUESSED_CHARS.length;

const numbers: Readonly<Record<string, number>> = Object.fromEntries(KINDS.map((kind, number) => [kind, number]));
const guesses = guessNumbers();

/** A field that kind and name of the event's file decide. */
export function ofNamedFile(read: (file: NamedFile) => Value | undefined): Reading {
  return {
    subject: 'text:file',
    eventTypes: FILE_EVENTS,
    column: fileText,
    fromColumn: (text) => read(decoded(text)),
    read: (moment) => {
      const text = fileText(moment);
      return text === undefined ? undefined : read(decoded(text.value));
    },
  };
}

/** Kind and name of the event's file; undefined where it concerns none. */
function fileText(moment: Moment): Text | undefined {
  const { fileTexts } = moment.system;
  const file = eventFile(moment);
  if (file !== undefined) return fileTexts.of(numbers[kindOf(file)] as number, file.name);
  if (fileEventThread(moment) === undefined) return undefined;
  const name = nameInEvent(moment);
  const guess = guesses[moment.event.type] as number;
  return fileTexts.of(name === undefined ? NAMELESS + guess : GUESSED + guess, name);
}

function decoded(text: ByteString): NamedFile {
  const number = text.charCodeAt(0);
  const name = text.slice(1);
  const kind = KINDS[number];
  if (kind !== undefined) return { kind, typeChar: typeOfKind(kind).char, name };
  const isNameless = number >= NAMELESS;
  const typeChar = GUESSED_CHARS[number - (isNameless ? NAMELESS : GUESSED)] as string;
  return { kind: undefined, typeChar, name: isNameless ? undefined : name };
}

/** By event code, the place of its guess. An entry counts like its exit, whose code is the odd one after it. */
function guessNumbers(): Uint8Array {
  const ofCode = new Uint8Array(EVENT_TYPES.length).fill(GUESSES.length);
  GUESSES.forEach(([, symbols], guess) => {
    for (const code of symbols.split(' ').map(eventCode)) ofCode[code] = ofCode[code - 1] = guess;
  });
  return ofCode;
}
