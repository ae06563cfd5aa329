import { readFileSync } from 'node:fs';
import { byteString } from '../../engine/model/byte-string.ts';
import type { GroupEntry, UserEntry } from '../../engine/model/snapshot.ts';

/** Accounts that a capture tells of, at most. */
const MAX_ACCOUNTS = 100_000;

/** Users and groups of the host, as its files name them; none where they can't be read. */
export function readAccounts(folder = '/etc'): { users: UserEntry[]; groups: GroupEntry[] } {
  const users = rows(`${folder}/passwd`, 7).map(([name, , uid, gid, , home, shell]) => ({
    uid: Number(uid),
    gid: Number(gid),
    name: name as string,
    home: home as string,
    shell: shell as string,
  }));
  const groups = rows(`${folder}/group`, 4).map(([name, , gid]) => ({ gid: Number(gid), name: name as string }));
  return { users, groups };
}

function rows(path: string, columns: number): string[][] {
  try {
    return byteString(readFileSync(path))
      .split('\n')
      .map((line) => line.split(':'))
      .filter((row) => row.length === columns && row.every((column) => column.length < 256))
      .slice(0, MAX_ACCOUNTS);
  } catch {
    return [];
  }
}
