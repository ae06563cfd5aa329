import { EVENT_TYPES } from '../../../model/event-types.ts';

/** Where a parameter comes from: its index in the event it is made of, or nowhere. */
export const NOWHERE = -1;

/** An event type to write, and for each of its parameters where it comes from. */
export interface Recipe {
  readonly type: number;
  readonly sources: Int8Array;
}

/**
 * How to make an event of type `to` of one of type `from`: parameters are taken by name, save for those that are
 * called otherwise there.
 */
export function recipe(to: number, from: number, otherNames: Readonly<Record<string, string>> = {}): Recipe {
  const given = EVENT_TYPES[from]!.params.map(({ name }) => name);
  const sources = EVENT_TYPES[to]!.params.map(({ name }) => given.indexOf(otherNames[name] ?? name));
  return { type: to, sources: Int8Array.from(sources) };
}
