import type { Field } from '../fields/field.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';

/** All that a field gives at a moment. */
export interface Entry {
  /** What conditions compare. */
  readonly value: Value | undefined;
  /** What outputs print, where the field has a form of its own for that. */
  readonly printed: string | undefined;
  /** What JSON shows, likewise. */
  readonly json: Value | undefined;
  /** For a comparison of the field's own: see `Reading.candidates`. */
  readonly candidates: readonly Value[] | undefined;
}

/** What a field gives where it gives nothing. */
export const NO_ENTRY: Entry = { value: undefined, printed: undefined, json: undefined, candidates: undefined };

/** What a field gives at a moment. */
export function entryAt(field: Field, moment: Moment): Entry {
  return {
    value: field.read(moment),
    printed: field.printed?.(moment),
    json: field.json?.(moment),
    candidates: field.candidates?.(moment),
  };
}

/** True when there is nothing but a value. */
export function isPlain({ printed, json, candidates }: Entry): boolean {
  return printed === undefined && json === undefined && candidates === undefined;
}
