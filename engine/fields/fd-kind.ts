import { eventCode } from '../model/event-types.ts';
import type { Moment } from '../state/moment.ts';
import { eventFile, FILE_EVENTS, fileEventThread, ofFile } from './event-file.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { fileTypeChar, fileTypeName } from './file-type.ts';
import { syntaxProblem } from './reading.ts';
import { scanNumber } from './scanned-number.ts';

/** What kind of file the event's is. */
export const FD_KIND: Family = {
  'fd.type': ofFile((file) => fileTypeName(file)),
  'fd.typechar': { subject: 'event', eventTypes: FILE_EVENTS, read: typeChar },
  'fd.types': types,
};

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
const guessed = new Map(
  GUESSES.flatMap(([char, symbols]) => symbols.split(' ').map((symbol) => [eventCode(symbol), char])),
);

function typeChar(moment: Moment): string | undefined {
  const file = eventFile(moment);
  if (file !== undefined) return fileTypeChar(file);
  if (fileEventThread(moment) === undefined) return undefined;
  // An entry counts like its exit, whose code is the odd one after it.
  return guessed.get(moment.event.type | 1) ?? UNKNOWN;
}

/** `fd.types[N]` is the type of fd N; without N the types of all open files, each once. Both are lists. */
function types(argument: string | undefined): Reading | FieldProblem {
  const fd = argument === undefined ? -1 : scanNumber(argument, 64);
  if (fd === undefined) return syntaxProblem(`${argument} is not a valid number`);
  return { subject: 'event', eventTypes: FILE_EVENTS, read: fd === -1 ? allTypes : (moment) => typesOf(moment, fd) };
}

function typesOf(moment: Moment, fd: number): string[] | undefined {
  const thread = fileEventThread(moment);
  const file = thread === undefined ? undefined : thread.file(fd);
  return file === undefined ? undefined : [fileTypeName(file)];
}

function allTypes(moment: Moment): string[] | undefined {
  const thread = fileEventThread(moment);
  if (thread === undefined) return undefined;
  const names: string[] = [];
  thread.openFiles?.eachInOrder((file) => {
    const name = fileTypeName(file);
    if (!names.includes(name)) names.push(name);
  });
  return names;
}
