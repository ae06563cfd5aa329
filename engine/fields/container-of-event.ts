import type { Value } from '../model/value.ts';
import type { Container } from '../state/containers.ts';
import type { Moment } from '../state/moment.ts';
import type { Thread } from '../state/thread.ts';
import type { Reading } from './field.ts';

/**
 * The thread that an event names, which the container plugin looks up by itself: on events that Falco's core gives no
 * thread, the plugin still finds one.
 */
export function namedThread(moment: Moment): Thread | undefined {
  return moment.thread ?? moment.system.threads.get(moment.event.tid);
}

/** What is known of the container of an event, or of the one that the event tells of; the host counts as one. */
export function eventContainer(moment: Moment): Container | undefined {
  const { containers } = moment.system;
  const news = containers.newsOf(moment.event.num);
  if (news !== undefined) return news;
  const thread = namedThread(moment);
  return thread === undefined ? undefined : containers.get(thread.containerId);
}

/** A fact of the container; absent until its runtime has told of it. */
export function ofContainer(read: (container: Container, moment: Moment) => Value | undefined): Reading {
  return {
    subject: 'thread',
    read: (moment) => {
      const container = eventContainer(moment);
      return container === undefined ? undefined : read(container, moment);
    },
  };
}
