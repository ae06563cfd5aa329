import { Event } from '../model/event.ts';
import type { Text } from '../model/text.ts';
import type { Container } from './containers.ts';
import { NO_NAME, type File } from './file.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';

/** An event together with what it concerns, after the event took effect and before it is settled. One reused object. */
export class Moment {
  readonly system: System;
  event: Event = new Event();
  /** The thread of the event; undefined when it is not known. */
  thread: Thread | undefined = undefined;
  /** The open file of the event; undefined when it has none. */
  file: File | undefined = undefined;
  /** False for events that change state but that no rule may see (entry events kept against races, container and user news). */
  visible = true;
  /** The name that the file had before the event. */
  nameBefore: Text = NO_NAME;

  constructor(system: System) {
    this.system = system;
  }

  /** What is known of the container: the one that a container event tells of, else the one the thread is in. */
  get container(): Container | undefined {
    const { containers } = this.system;
    const news = containers.newsOf(this.event.num);
    if (news !== undefined) return news;
    return this.thread === undefined ? undefined : containers.get(this.thread.containerId);
  }

  /** The syscall's result; a negative one is an error number. */
  get result(): number {
    const { event } = this;
    return event.length(0) === 4 ? event.int32(0) : event.int64(0);
  }
}
