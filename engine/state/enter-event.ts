import type { Event } from '../model/event.ts';
import type { Text } from '../model/text.ts';
import { NO_NAME } from './file.ts';

/** What an entry event said. It was read before the kernel looked at it, so the process can't have changed it since. */
export class EnterEvent {
  /** Event code; -1 when nothing is kept. */
  type = -1;
  /** Path or program. */
  name: Text = NO_NAME;
  flags = 0;
  dirfd = 0;
  hasDirfd = false;
  /** connect: the address asked for, as a sockaddr parameter; empty when there was none. */
  address: Uint8Array = NOTHING;
}

/** Falco keeps an entry event only if it fits here. */
const MAX_BYTES = 4096;
const HEADER_BYTES = 26;
const NOTHING = new Uint8Array(0);

/** Whether an entry event is small enough to be kept. */
export function fitsEnterEvent(event: Event): boolean {
  let bytes = HEADER_BYTES + 2 * event.paramCount;
  for (let i = 0; i < event.paramCount; i++) bytes += event.lengths[i] as number;
  return bytes <= MAX_BYTES;
}
