import { Event } from '../model/event.ts';
import type { File } from './files.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';

/** An event together with what it concerns, after the event took effect and before it is settled. One reused object. */
export class Moment {
  readonly system: System;
  event: Event = new Event();
  /** The thread of the event; undefined when it is not known. */
  thread: Thread | undefined;
  /** The open file of the event; undefined when it has none. */
  file: File | undefined;
  /** False for events that change state but that no rule may see (entry events kept against races, container and user news). */
  visible = true;

  constructor(system: System) {
    this.system = system;
  }
}
