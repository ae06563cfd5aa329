import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { findField } from '../../engine/fields/catalogue.ts';
import type { Field } from '../../engine/fields/field.ts';
import type { JsonValue } from '../../engine/model/alert.ts';
import type { Value } from '../../engine/model/value.ts';
import { fieldJson, fieldText } from '../../engine/output/field-text.ts';
import { UTC } from '../../engine/output/timezone.ts';
import type { Moment } from '../../engine/state/moment.ts';
import { momentOf, type MachineWords } from './moment-of.ts';

/** A machine in words and what fields are there: in conditions (null is no value), as text, in JSON. */
interface CatalogueCase extends MachineWords {
  readonly name: string;
  readonly reads?: Readonly<Record<string, Value | null>>;
  readonly prints?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, JsonValue>>;
}

/** Runs the cases of a file under test/cases/fields on fields of the catalogue, and asks of each whether it keeps its promises. */
export function runCatalogueCases(file: string): void {
  const path = new URL(`../cases/fields/${file}`, import.meta.url);
  const cases = load(readFileSync(path, 'utf8')) as readonly CatalogueCase[];
  describe(file, () => {
    it.each(cases)('$name', (words) => {
      const moment = momentOf(words);
      for (const [text, value] of Object.entries(words.reads ?? {})) {
        expect([text, fieldNamed(text).read(moment) ?? null]).toEqual([text, value]);
        keepsPromises(fieldNamed(text), moment);
      }
      for (const [text, printed] of Object.entries(words.prints ?? {})) {
        expect([text, fieldText(fieldNamed(text), moment, UTC)]).toEqual([text, printed]);
      }
      for (const [text, json] of Object.entries(words.json ?? {})) {
        expect([text, fieldJson(fieldNamed(text), moment)]).toEqual([text, json]);
      }
    });
  });
}

/** A field written with its argument; throws when there is none. */
export function fieldNamed(text: string): Field {
  const [, name, argument] = /^([^[]*)(?:\[(.*)\])?$/.exec(text) as unknown as [string, string, string | undefined];
  const found = findField(name, argument);
  if ('problem' in found) throw new Error(`${text}: ${found.message}`);
  return found;
}

/** What a field says of itself must hold: event types, the value of a type, the value of a text. */
export function keepsPromises(field: Field, moment: Moment): void {
  const value = field.read(moment);
  const code = moment.event.type;
  if (field.eventTypes?.has(code) === false) expect([field.name, value]).toEqual([field.name, undefined]);
  if (field.subject === 'type' && field.variesOn?.has(code) !== true) {
    expect([field.name, field.fromType?.(code)]).toEqual([field.name, value]);
  }
  if (!field.subject.startsWith('text:')) return;
  const text = field.column?.(moment)?.value;
  const fromText = text === undefined || field.fromColumn === undefined ? text : field.fromColumn(text);
  expect([field.name, fromText]).toEqual([field.name, value]);
}
