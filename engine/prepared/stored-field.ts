import { findField } from '../fields/catalogue.ts';
import type { Field, FieldFinder } from '../fields/field.ts';
import { valueFromColumn } from '../fields/transform-part.ts';
import type { Moment } from '../state/moment.ts';
import type { Entry } from './entry.ts';
import type { Column, Row } from './row.ts';
import { hasShownColumn, storageOf } from './storage.ts';

/** Finds fields that are read from rows instead of from the state of a system, and notes where they are stored. */
export class StoredFields {
  /** What has to be stored, by place. */
  readonly columns: Column[] = [];
  /** Fields that must be among those of a prepared trace. */
  readonly needed = new Set<string>();
  /** Fields that no row can answer: those that change when they are read, and those compared with the event's own bytes. */
  readonly unfit = new Set<string>();
  /** Places that fields were found at since this was last emptied. */
  readonly asked = new Set<number>();
  readonly #original: FieldFinder;
  readonly #places = new Map<string, number>();

  /** @param original how names find the fields that are stored */
  constructor(original: FieldFinder = findField) {
    this.#original = original;
  }

  /** As the finder of the rules. */
  readonly find: FieldFinder = (name, argument) => {
    const field = this.#original(name, argument);
    if ('problem' in field) return field;
    if (field.changesWhenRead === true) this.unfit.add(field.name);
    return this.#stored(field);
  };

  #stored(field: Field): Field {
    const storage = storageOf(field);
    if (storage === 'none') return field;
    this.needed.add(field.name);
    if (storage === 'text') return this.#ofText(field);
    const place = this.#placeOf(storage, field.name);
    return storage === 'thread' ? threadField(field, place) : eventField(field, place);
  }

  #ofText(field: Field): Field {
    const place = this.#placeOf('text', field.subject);
    const column = (moment: Moment) => (moment as Row).text(place);
    const read = (moment: Moment) => {
      const text = (moment as Row).text(place);
      return text === undefined ? undefined : valueFromColumn(field, text.value);
    };
    const stored = { ...field, column, read };
    if (!hasShownColumn(field)) return stored;
    const shown = this.#placeOf('event', field.name);
    return { ...stored, ...ownForms(field, (moment) => (moment as Row).entry(shown)) };
  }

  #placeOf(storage: Column['storage'], name: string): number {
    const key = `${storage} ${name}`;
    let place = this.#places.get(key);
    if (place === undefined) this.#places.set(key, (place = this.columns.push({ storage, name }) - 1));
    this.asked.add(place);
    return place;
  }
}

function threadField(field: Field, place: number): Field {
  const entryOf = (moment: Moment) => (moment as Row).ofThread(place);
  return { ...field, read: (moment) => entryOf(moment).value, ...ownForms(field, entryOf) };
}

function eventField(field: Field, place: number): Field {
  const entryOf = (moment: Moment) => (moment as Row).entry(place);
  const { variesOn, fromType } = field;
  const read = (moment: Moment) => {
    const { type } = moment.event;
    return variesOn?.has(type) === false ? fromType?.(type) : entryOf(moment).value;
  };
  return { ...field, read, ...ownForms(field, entryOf) };
}

/** The other readings of a field, where it has them. */
function ownForms(field: Field, entryOf: (moment: Moment) => Entry): Partial<Field> {
  return {
    ...(field.printed !== undefined && { printed: (moment: Moment) => entryOf(moment).printed }),
    ...(field.json !== undefined && { json: (moment: Moment) => entryOf(moment).json }),
    ...(field.candidates !== undefined && { candidates: (moment: Moment) => entryOf(moment).candidates }),
  };
}
