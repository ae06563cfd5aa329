import type { Moment } from '../state/moment.ts';
import { labelsText } from './container-labels.ts';
import { CONTAINER_MOUNTS } from './container-mounts.ts';
import { eventContainer, namedThread, ofContainer } from './container-of-event.ts';
import { oncePerContainer, recordFlag, recordLabel, recordMap, recordText } from './container-record.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { keyArgument } from './plugin-argument.ts';
import { knownTime, timeSince } from './proc-times.ts';
import { NEVER } from './reading.ts';

/** `container.*`: the container of the thread, as far as its runtime has told of it; `host` is a container too. */
export const CONTAINER: Family = {
  // The id is known from the thread's control groups, before the runtime says anything.
  'container.id': {
    subject: 'thread',
    read: (moment) => eventContainer(moment)?.id ?? namedThread(moment)?.containerId,
  },
  'container.full_id': ofContainer((container) => container.fullId),
  'container.name': ofText('name'),
  'container.image': ofText('image'),
  'container.image.id': ofText('imageid'),
  'container.image.repository': ofText('imagerepo'),
  'container.image.tag': ofText('imagetag'),
  'container.image.digest': ofText('imagedigest'),
  'container.type': ofContainer((container) => container.type),
  'container.privileged': ofFlag('privileged'),
  'container.start_ts': { subject: 'thread', print: 'DEC', read: (moment) => knownTime(startTime(moment)) },
  'container.duration': { subject: 'event', print: 'DEC', read: (moment) => timeSince(startTime(moment), moment) },
  'container.ip': ofText('ip'),
  'container.cni.json': ofText('cni_json'),
  'container.host_pid': ofFlag('host_pid'),
  'container.host_network': ofFlag('host_network'),
  'container.host_ipc': ofFlag('host_ipc'),
  'container.label': label,
  'container.labels': ofContainer(oncePerContainer((container) => labelsText(recordMap(container, 'labels')))),
  ...CONTAINER_MOUNTS,
  'container.healthcheck': NEVER,
  'container.liveness_probe': NEVER,
  'container.readiness_probe': NEVER,
  'proc.is_container_healthcheck': NEVER,
  'proc.is_container_liveness_probe': NEVER,
  'proc.is_container_readiness_probe': NEVER,
};

function ofText(key: string): Reading {
  return ofContainer((container) => recordText(container, key));
}

function ofFlag(key: string): Reading {
  return ofContainer((container) => recordFlag(container, key));
}

function label(argument: string | undefined): Reading | FieldProblem {
  return keyArgument('container.label', argument, (key) =>
    ofContainer((container) => recordLabel(container, 'labels', key)),
  );
}

/** When the thread's pid namespace began; 0n unknown, and on the news of a container, which has no thread. */
function startTime(moment: Moment): bigint {
  const isNews = moment.system.containers.newsOf(moment.event.num) !== undefined;
  return isNews ? 0n : (namedThread(moment)?.pidnsStartTime ?? 0n);
}
