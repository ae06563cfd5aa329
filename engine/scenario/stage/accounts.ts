import type { ByteString } from '../../model/byte-string.ts';
import type { GroupEntry, UserEntry } from '../../model/snapshot.ts';

const NOLOGIN = '/usr/sbin/nologin';

/** Accounts of a Debian: name, id and home. The group has the same name and id, with the exceptions below. */
const USUAL: readonly (readonly [ByteString, number, ByteString])[] = [
  ['daemon', 1, '/usr/sbin'],
  ['bin', 2, '/bin'],
  ['sys', 3, '/dev'],
  ['man', 6, '/var/cache/man'],
  ['lp', 7, '/var/spool/lpd'],
  ['mail', 8, '/var/mail'],
  ['proxy', 13, '/bin'],
  ['www-data', 33, '/var/www'],
  ['backup', 34, '/var/backups'],
  ['_apt', 42, '/nonexistent'],
  ['nobody', 65_534, '/nonexistent'],
];

/** Groups that are called otherwise than a user, or have none. */
const GROUPS: readonly GroupEntry[] = [
  { gid: 4, name: 'adm' },
  { gid: 5, name: 'tty' },
  { gid: 6, name: 'disk' },
  { gid: 42, name: 'shadow' },
  { gid: 65_534, name: 'nogroup' },
];

/** The accounts of the host or of a container. */
export class Accounts {
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];

  /** @param more accounts beside the usual ones; the group of each has its name and id */
  constructor(more: ReadonlyMap<ByteString, number>) {
    const root = { uid: 0, gid: 0, name: 'root', home: '/root', shell: '/bin/bash' };
    const usual = USUAL.filter(([name, uid]) => !more.has(name) && ![...more.values()].includes(uid));
    this.users = [
      ...(more.has('root') ? [] : [root]),
      ...usual.map(([name, uid, home]) => ({ uid, gid: uid === 42 ? 65_534 : uid, name, home, shell: NOLOGIN })),
      ...[...more].map(([name, uid]) => ({ uid, gid: uid, name, home: `/home/${name}`, shell: '/bin/bash' })),
    ];
    const named = this.users.filter(({ uid, gid }) => uid === gid).map(({ gid, name }) => ({ gid, name }));
    const taken = new Set(named.map(({ gid }) => gid));
    this.groups = [
      ...named.filter(({ gid }) => gid !== 6),
      ...GROUPS.filter(({ gid }) => gid === 6 || !taken.has(gid)),
    ];
  }

  /** The account by name or, for digits, by number; a number without an account is one without a name. */
  find(nameOrUid: ByteString): UserEntry | undefined {
    const named = this.users.find((user) => user.name === nameOrUid);
    if (named !== undefined || !/^\d{1,10}$/.test(nameOrUid)) return named;
    const uid = Number(nameOrUid);
    if (uid > 0xffffffff) return undefined;
    return this.users.find((user) => user.uid === uid) ?? { uid, gid: uid, name: '', home: '/', shell: '/bin/sh' };
  }

  /** A group's number by name or digits. */
  findGroup(nameOrGid: ByteString): number | undefined {
    const named = this.groups.find((group) => group.name === nameOrGid);
    if (named !== undefined) return named.gid;
    return /^\d{1,9}$/.test(nameOrGid) ? Number(nameOrGid) : undefined;
  }
}
