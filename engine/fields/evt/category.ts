import { CATEGORY, EVENT_TYPES } from '../../model/event-types.ts';
import type { FileKind } from '../../model/snapshot.ts';
import type { Moment } from '../../state/moment.ts';
import type { Reading } from '../field.ts';
import { classOf, codesWhere } from './event-codes.ts';

const NAMES: Readonly<Record<number, string>> = {
  [CATEGORY.UNKNOWN]: 'unknown',
  [CATEGORY.OTHER]: 'other',
  [CATEGORY.FILE]: 'file',
  [CATEGORY.NET]: 'net',
  // In capitals here and small where an open file tells.
  [CATEGORY.IPC]: 'IPC',
  [CATEGORY.MEMORY]: 'memory',
  [CATEGORY.PROCESS]: 'process',
  [CATEGORY.SLEEP]: 'sleep',
  [CATEGORY.SYSTEM]: 'system',
  [CATEGORY.SIGNAL]: 'signal',
  [CATEGORY.USER]: 'user',
  [CATEGORY.TIME]: 'time',
  [CATEGORY.PROCESSING]: 'processing',
  [CATEGORY.WAIT]: 'wait',
  [CATEGORY.SCHEDULER]: 'scheduler',
  [CATEGORY.INTERNAL]: 'internal',
};

const OF_FILE: Readonly<Partial<Record<FileKind, string>>> = {
  file: 'file',
  directory: 'file',
  ipv4: 'net',
  ipv6: 'net',
  'ipv4-server': 'net',
  'ipv6-server': 'net',
  fifo: 'ipc',
  unix: 'ipc',
  event: 'ipc',
  signalfd: 'ipc',
  inotify: 'ipc',
  userfaultfd: 'ipc',
};

const names = EVENT_TYPES.map((type) => NAMES[classOf(type)] ?? 'unknown');
const readsOrWrites = codesWhere((type) => isInputOutput(classOf(type)));

/** `evt.category`: of reads and writes it is the category of what is read or written. */
export const EVT_CATEGORY: Reading = {
  subject: 'type',
  read: category,
  fromType: (code) => names[code],
  variesOn: readsOrWrites,
};

function category({ event, file }: Moment): string {
  if (!readsOrWrites.has(event.type)) return names[event.type] as string;
  return (file === undefined ? undefined : OF_FILE[file.kind]) ?? 'unknown';
}

function isInputOutput(classNumber: number): boolean {
  return classNumber === CATEGORY.IO_READ || classNumber === CATEGORY.IO_WRITE || classNumber === CATEGORY.IO_OTHER;
}
