import { findField } from '../fields/catalogue.ts';
import type { Field } from '../fields/field.ts';
import { nameAndArgument } from '../fields/name-and-argument.ts';
import type { Template } from '../output/template.ts';
import { fieldsOf } from '../plan/needs.ts';
import { planOf } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';

/** What a prepared form holds of a trace: the event types that rules look at, and the fields that they ask for. */
export interface Selection {
  /** 1 for each event code whose events are held. */
  readonly types: Uint8Array;
  /** Plain fields that have to be stored. */
  readonly fields: readonly Field[];
}

/** Names of fields whose value follows from the number and the time of an event, which every row has. */
const OF_NUMBER_AND_TIME: ReadonlySet<string> = new Set([
  'evt.num',
  'evt.time',
  'evt.time.s',
  'evt.time.iso8601',
  'evt.datetime',
  'evt.datetime.s',
  'evt.outputtime',
  'evt.rawtime',
  'evt.rawtime.s',
  'evt.rawtime.ns',
]);

/** True for a field that can be read where nothing is stored but the event's type, number and time. */
export function needsNoColumn(field: Field): boolean {
  if (OF_NUMBER_AND_TIME.has(field.name)) return true;
  return field.subject === 'type' && field.variesOn === undefined && !hasOwnForms(field);
}

/** True for a field that outputs show otherwise than by printing its value. */
export function hasOwnForms(field: Field): boolean {
  return field.printed !== undefined || field.json !== undefined;
}

/** All that the active rules of some rule sets ask for, in conditions and outputs, and fields named besides. */
export function selectionOf(ruleSets: readonly RuleSet[], more: readonly string[] = []): Selection {
  const fields = new Map<string, Field>();
  const add = (name: string, argument: string | undefined): void => {
    const field = findField(name, argument);
    if ('problem' in field || needsNoColumn(field) || field.changesWhenRead === true) return;
    fields.set(field.name, field);
  };
  let types: Uint8Array | undefined;
  for (const { active } of ruleSets) {
    const plan = planOf(active);
    types = either(types, plan.wantedTypes);
    for (let node = 0; node < plan.graph.size; node++) {
      for (const leaf of plan.leavesOf(node)) for (const { name, argument } of fieldsOf(leaf)) add(name, argument);
    }
    for (const template of active.flatMap(templatesOf)) {
      for (const field of template.fields.values()) if (!needsNoColumn(field)) fields.set(field.name, field);
    }
  }
  for (const text of more) add(...nameAndArgument(text));
  return {
    types: types ?? new Uint8Array(0),
    fields: [...fields.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function templatesOf(rule: Rule): readonly Template[] {
  return [rule.output, ...rule.extraFields.map(({ template }) => template)];
}

function either(a: Uint8Array | undefined, b: Uint8Array): Uint8Array {
  return a === undefined ? b.slice() : b.map((wanted, code) => wanted | (a[code] as number));
}
