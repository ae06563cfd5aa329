import type { ByteString } from '../../../model/byte-string.ts';
import type { Moment } from '../../../state/moment.ts';
import { NO_ID } from '../../../state/thread.ts';
import { printable } from '../../../state/printable.ts';

/** The name of a user that an event names by number, on the thread's host or in its container. */
export function userText({ thread, system }: Moment, uid: number): ByteString {
  if (uid === NO_ID) return '<NONE>';
  const name = thread === undefined ? '' : (system.accounts.user(thread.containerId, uid)?.name ?? '');
  return name === '' ? '<NA>' : printable(name);
}

/** The name of a group, likewise. */
export function groupText({ thread, system }: Moment, gid: number): ByteString {
  if (gid === NO_ID) return '<NONE>';
  const name = thread === undefined ? '' : (system.accounts.group(thread.containerId, gid)?.name ?? '');
  return name === '' ? '<NA>' : printable(name);
}
