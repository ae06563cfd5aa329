import type { UserEntry } from '../../model/snapshot.ts';
import { ALL_CAPABILITIES } from '../language/capability-set.ts';
import type { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';

/** A process gives up who it is for another account, group first, as programs that start others do. */
export function becomeUser(
  stage: Stage,
  process: Process,
  { uid, gid }: UserEntry,
  by: 'setuid' | 'setresuid' = 'setuid',
): void {
  if (gid !== process.gid) {
    process.gid = gid;
    if (by === 'setuid') stage.emit(process, 'SYSCALL_SETGID_X', [0, gid]);
    else stage.emit(process, 'SYSCALL_SETRESGID_X', [0, gid, gid, gid]);
  }
  if (uid === process.uid) return;
  setUid(process, uid);
  if (by === 'setuid') stage.emit(process, 'SYSCALL_SETUID_X', [0, uid]);
  else stage.emit(process, 'SYSCALL_SETRESUID_X', [0, uid, uid, uid]);
}

/** The user changes, and with it what the process may do. */
export function setUid(process: Process, uid: number): void {
  const wasRoot = process.uid === 0;
  process.uid = uid;
  if (wasRoot && uid !== 0) process.capPermitted = process.capEffective = 0n;
  if (!wasRoot && uid === 0) process.capPermitted = process.capEffective = process.place.capabilitiesOf(0);
}

/** In a user namespace of its own a process may do everything. */
export function ownUserNamespace(process: Process): void {
  process.capPermitted = process.capEffective = ALL_CAPABILITIES;
}
