import type { ByteString } from '../../../model/byte-string.ts';
import type { File } from '../../../state/files.ts';
import type { Moment } from '../../../state/moment.ts';
import { AT_FDCWD } from '../../../state/open-flags.ts';
import { printable } from '../../../state/printable.ts';
import type { Thread } from '../../../state/thread.ts';
import { fileTypeChar } from '../../file-type.ts';
import { transportName } from '../../socket-ends.ts';
import { errorName } from './error-names.ts';

const TRANSPORT_CHARS: Readonly<Record<string, string>> = { tcp: 't', udp: 'u', icmp: 'i', raw: 'r' };

/** What a file descriptor stands for: `<f>/etc/passwd`, `AT_FDCWD`, an error's name; empty when nothing is known of it. */
export function fileText({ thread }: Moment, fd: number): ByteString {
  if (thread === undefined) return '';
  if (fd === AT_FDCWD) return 'AT_FDCWD';
  if (fd < 0) return errorName(fd);
  const file = thread.file(fd);
  return file === undefined ? '' : `<${fileTypeChar(file)}${transportChar(file)}>${printable(file.name.value)}`;
}

/** What `poll` waits for: `FD:TYPE EVENTS` of each entry, events in hexadecimal, an unknown file as `?`. */
export function fileListText(thread: Thread | undefined, view: DataView, start: number, length: number): ByteString {
  if (thread === undefined || length < 2) return '';
  const count = Math.min(view.getUint16(start, true), Math.floor((length - 2) / ENTRY_BYTES));
  const entries: string[] = [];
  for (let i = 0; i < count; i++) {
    const at = start + 2 + i * ENTRY_BYTES;
    const fd = view.getBigInt64(at, true);
    const file = thread.file(Number(fd));
    const events = view.getInt16(at + 8, true) >>> 0;
    entries.push(`${BigInt.asUintN(64, fd)}:${file === undefined ? '?' : fileTypeChar(file)}${events.toString(16)}`);
  }
  return entries.join(' ').slice(0, MAX_LIST_CHARS);
}

/** 8 bytes of fd and 2 of events. */
const ENTRY_BYTES = 10;
/** Falco's buffer for it. */
const MAX_LIST_CHARS = 1_023;

function transportChar(file: File): string {
  return TRANSPORT_CHARS[transportName(file)] ?? '';
}
