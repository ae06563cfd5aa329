import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import type { Thread } from '../state/thread.ts';
import type { FieldProblem, Reading } from './field.ts';

/** A fact of the thread, its ancestors, accounts or container: decided once for as long as those stay as they are. */
export function ofThread(read: (thread: Thread, moment: Moment) => Value | undefined): Reading {
  return {
    subject: 'thread',
    read: (moment) => (moment.thread === undefined ? undefined : read(moment.thread, moment)),
  };
}

/** Something of the thread that moves with time, with other threads or with every event. */
export function ofThreadNow(read: (thread: Thread, moment: Moment) => Value | undefined): Reading {
  return {
    subject: 'event',
    read: (moment) => (moment.thread === undefined ? undefined : read(moment.thread, moment)),
  };
}

/** A field that exists and never has a value. */
export const NEVER: Reading = {
  subject: 'type',
  read: () => undefined,
  fromType: () => undefined,
  eventTypes: new Set(),
};

/** What Falco says of a field that it doesn't know, argument included. */
export function nonexistent(name: string, argument: string | undefined): FieldProblem {
  const text = argument === undefined ? name : `${name}[${argument}]`;
  return { problem: 'nonexistent', message: `filter_check called with nonexistent field ${text}` };
}

/** What Falco says of an argument that the field can't read. */
export function syntaxProblem(message: string): FieldProblem {
  return { problem: 'syntax', message };
}
