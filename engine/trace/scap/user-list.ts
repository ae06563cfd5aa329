import { MAX_SCAP_ACCOUNT_BYTES } from '../../model/limits.ts';
import type { GroupEntry, UserEntry } from '../../model/snapshot.ts';
import type { Cursor } from './cursor.ts';

/** scap's number of an entry that is a user; every other number is a group. */
export const USER = 0;
/** scap's number of an entry that is a group. */
export const GROUP = 1;

/**
 * Reads the next entry of a user list block into one of the two lists.
 *
 * @param version 1, or 2 where each entry tells its length
 */
export function readAccount(cursor: Cursor, version: number, users: UserEntry[], groups: GroupEntry[]): void {
  const start = cursor.at;
  const length = version >= 2 ? cursor.uint32() : 0;
  const isUser = cursor.uint8() === USER;
  const id = cursor.uint32();
  if (isUser) {
    const gid = cursor.uint32();
    const name = cursor.text(MAX_SCAP_ACCOUNT_BYTES, 'a user name');
    const home = cursor.text(MAX_SCAP_ACCOUNT_BYTES, 'a home');
    const shell = cursor.text(MAX_SCAP_ACCOUNT_BYTES, 'a shell');
    if (cursor.problem === undefined) users.push({ uid: id, gid, name, home, shell });
  } else {
    const name = cursor.text(MAX_SCAP_ACCOUNT_BYTES, 'a group name');
    if (cursor.problem === undefined) groups.push({ gid: id, name });
  }
  if (length !== 0) cursor.skipTo(start + length);
}
