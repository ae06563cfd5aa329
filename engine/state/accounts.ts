import type { GroupEntry, UserEntry } from '../model/snapshot.ts';

/** Users and groups, per container id; the empty id is the host. */
export interface Accounts {
  user(containerId: string, uid: number): UserEntry | undefined;
  group(containerId: string, gid: number): GroupEntry | undefined;
}
