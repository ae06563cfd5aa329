import { bytesOf } from '../../model/byte-string.ts';
import { printIp } from './ip.ts';
import { containerRecord, SHORT_ID_DIGITS } from './container-record.ts';
import type { Place } from './place.ts';
import type { Stage } from './stage.ts';

/** News of the container plugin come from no thread; news of accounts from none that there could be. */
const NO_THREAD = 0;
const NO_SUCH_THREAD = -1;

/** Tells of the accounts that a container is known for: root, the user it runs as, and those that the story names. */
export function announceAccounts(stage: Stage, place: Place): void {
  const { container, accounts } = place;
  if (container === undefined) return;
  const own = accounts.find(container.user)?.uid ?? 0;
  for (const uid of [0, own, ...container.users.values()]) announceAccount(stage, place, uid);
}

/** Tells of an account of a container, once, as soon as somebody there has it. */
export function announceAccount(stage: Stage, place: Place, uid: number): void {
  if (place.isHost || place.knownUsers.has(uid)) return;
  place.knownUsers.add(uid);
  const id = place.container?.id.slice(0, SHORT_ID_DIGITS) ?? '';
  const account = place.accounts.find(String(uid));
  if (account === undefined || account.name === '') return;
  const { gid, name, home, shell } = account;
  stage.announce('USER_ADDED_E', NO_SUCH_THREAD, [uid, gid, name, home, shell, id]);
  const group = place.accounts.groups.find((candidate) => candidate.gid === gid);
  if (group !== undefined) stage.announce('GROUP_ADDED_E', NO_SUCH_THREAD, [gid, group.name, id]);
}

/** Tells what the runtime knows of a container, now or when the story says it comes. */
export function announceContainer(stage: Stage, place: Place): void {
  const { container } = place;
  if (container === undefined || container.metadata.kind === 'never') return;
  const created = Number((stage.clock.bootTime + place.initStart) / 1_000_000_000n);
  const record = bytesOf(containerRecord(container, printIp(container.address), created));
  const tell = () => stage.announce('ASYNCEVENT_E', NO_THREAD, [0, 'container', record]);
  if (container.metadata.kind === 'before') tell();
  else stage.clock.later(container.metadata.after, tell);
}

/** Tells that a container is no more. */
export function announceRemoval(stage: Stage, place: Place): void {
  const { container } = place;
  if (container === undefined || container.metadata.kind === 'never') return;
  const created = Number((stage.clock.bootTime + place.initStart) / 1_000_000_000n);
  const record = bytesOf(containerRecord(container, printIp(container.address), created));
  stage.announce('ASYNCEVENT_E', NO_THREAD, [0, 'container_removed', record]);
}
