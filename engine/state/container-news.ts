import { readContainer } from './container-record.ts';
import type { Handler } from './handler.ts';
import type { Moment } from './moment.ts';

/** `container` of old recorders: the JSON is parameter 0. */
export const containerJson: Handler = ({ event, system }) => {
  const container = event.has(0) ? readContainer(event.string(0)) : undefined;
  if (container !== undefined) system.containers.tell(container, event.num);
};

/**
 * `container` and `container_removed` of today's container plugin: plugin, name, JSON. Plugin 0 stands for those that
 * speak of syscalls; others have nothing to say about this machine.
 */
export const asyncEvent: Handler = ({ event, system }) => {
  if (event.uint32(0) !== 0) return;
  const name = event.string(1);
  if ((name !== 'container' && name !== 'container_removed') || !event.has(2)) return;
  const container = readContainer(event.string(2));
  if (container === undefined) return;
  if (name === 'container') system.containers.tell(container, event.num);
  else system.containers.tellRemoved(container, event.num);
};

/**
 * A handler of an event after which a thread can be in another container: works out the container again and notes the
 * accounts of the thread in it.
 */
export function thenAssignContainer(handler: Handler): Handler {
  return (moment) => {
    const before = moment.thread?.containerId ?? '';
    handler(moment);
    assignContainer(moment, before);
  };
}

function assignContainer(moment: Moment, before: string): void {
  const { event, system, thread } = moment;
  if (moment.result >= 0) {
    const entry = system.threads.get(event.tid);
    if (entry !== undefined) system.containers.assign(entry);
  }
  if (thread === undefined || thread.containerId === before) return;
  system.accounts.noteGroup(thread.containerId, thread.gid);
  system.accounts.noteUser(thread.containerId, thread.uid, thread.gid);
}
