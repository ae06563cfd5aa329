import type { ByteString } from '../model/byte-string.ts';
import type { GroupEntry, UserEntry } from '../model/snapshot.ts';
import type { Clock } from './clock.ts';
import { UNKNOWN } from './thread.ts';

/** Falco cuts names and paths to its buffers. */
const MAX_NAME = 255;
const MAX_PATH = 1023;

/**
 * Users and groups of the host. Falco keeps a table for each container as well, but fills it from the container's own
 * /etc/passwd alone, which a capture doesn't have; so the accounts of containers are never known here, not even those
 * that the capture tells of.
 */
export class Accounts {
  readonly #clock: Clock;
  readonly #users = new Map<number, UserEntry>();
  readonly #groups = new Map<number, GroupEntry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The user of an id in a container; the empty container is the host. */
  user(containerId: string, uid: number): UserEntry | undefined {
    return containerId === '' ? this.#users.get(uid) : undefined;
  }

  /** The group of an id in a container. */
  group(containerId: string, gid: number): GroupEntry | undefined {
    return containerId === '' ? this.#groups.get(gid) : undefined;
  }

  /** Adds or renames a user. */
  addUser(containerId: string, user: UserEntry): void {
    if (containerId !== '' || isForeign(user.name)) return;
    const known = this.#users.get(user.uid);
    this.#users.set(user.uid, {
      uid: user.uid,
      gid: known === undefined ? user.gid : known.gid,
      name: user.name.slice(0, MAX_NAME),
      home: user.home.slice(0, MAX_PATH),
      shell: user.shell.slice(0, MAX_PATH),
    });
    this.#clock.raise();
  }

  /** Adds or renames a group. */
  addGroup(containerId: string, group: GroupEntry): void {
    if (containerId !== '' || isForeign(group.name)) return;
    this.#groups.set(group.gid, { gid: group.gid, name: group.name.slice(0, MAX_NAME) });
    this.#clock.raise();
  }

  removeUser(containerId: string, uid: number): void {
    if (containerId === '' && this.#users.delete(uid)) this.#clock.raise();
  }

  removeGroup(containerId: string, gid: number): void {
    if (containerId === '' && this.#groups.delete(gid)) this.#clock.raise();
  }

  /** Notes the user of a thread. Falco would ask the machine it runs on; without that only root is known by its id. */
  noteUser(containerId: string, uid: number, gid: number): void {
    if (uid !== 0 || containerId !== '' || this.#users.has(0)) return;
    this.addUser('', { uid: 0, gid, name: 'root', home: '/root', shell: UNKNOWN });
  }

  /** Notes the group of a thread. */
  noteGroup(containerId: string, gid: number): void {
    if (gid === 0 && containerId === '' && !this.#groups.has(0)) this.addGroup('', { gid: 0, name: 'root' });
  }
}

/** Lines of a passwd file that refer to a network service; they name no account. */
function isForeign(name: ByteString): boolean {
  return name.startsWith('+') || name.startsWith('-');
}
