import { bytesOf } from '../../model/byte-string.ts';
import { printIp } from './build-stage.ts';
import { containerRecord, SHORT_ID_DIGITS } from './container-record.ts';
import type { Place } from './place.ts';
import type { Stage } from './stage.ts';

/** News of the container plugin come from no thread; news of accounts from none that there could be. */
const NO_THREAD = 0;
const NO_SUCH_THREAD = -1;

/** Tells what a container's own account files say, as soon as it is seen. */
export function announceAccounts(stage: Stage, place: Place): void {
  const id = place.container?.id.slice(0, SHORT_ID_DIGITS) ?? '';
  for (const { uid, gid, name, home, shell } of place.accounts.users) {
    stage.announce('USER_ADDED_E', NO_SUCH_THREAD, [uid, gid, name, home, shell, id]);
  }
  for (const { gid, name } of place.accounts.groups) stage.announce('GROUP_ADDED_E', NO_SUCH_THREAD, [gid, name, id]);
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
