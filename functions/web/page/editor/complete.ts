import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { expectedAt } from './expected.ts';
import { positionAt } from './position.ts';
import type { RuleNames } from './rule-names.ts';
import { vocabulary, vocabularyKnown } from './vocabulary.ts';

const RULE_KEYS = [
  'rule',
  'desc',
  'condition',
  'output',
  'priority',
  'tags',
  'enabled',
  'exceptions',
  'source',
  'override',
  'macro',
  'list',
  'items',
  'append',
];
const PRIORITIES = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFORMATIONAL', 'DEBUG'];

/** Proposes what can be written at a place of a rule file. */
export function completeRules(names: RuleNames): CompletionSource {
  return (context) => complete(context, names);
}

async function complete(context: CompletionContext, names: RuleNames): Promise<CompletionResult | null> {
  const { pos, explicit } = context;
  const word = context.matchBefore(/[\w.%[\]]+/);
  if (word === null && !explicit) return null;
  await vocabularyKnown();
  const from = word?.from ?? pos;
  const { kind, key, before } = positionAt(context.state.doc.toString(), from);
  if (kind === 'key')
    return { from, options: RULE_KEYS.map((label) => ({ label, apply: `${label}: ` })), validFor: /^\w*$/ };
  if (kind === 'output') {
    if (word?.text.startsWith('%') !== true) return null;
    return { from: from + 1, options: fields().filter(({ boost }) => boost !== -1), validFor: /^[\w.[\]]*$/ };
  }
  if (key === 'priority') return { from, options: PRIORITIES.map((label) => ({ label })) };
  if (kind !== 'condition' && key !== 'items') return null;
  return { from, options: optionsFor(kind === 'condition' ? before : 'x in (', names), validFor: /^[\w.[\]]*$/ };
}

function optionsFor(before: string, names: RuleNames): Completion[] {
  const expected = expectedAt(before);
  switch (expected.kind) {
    case 'operator':
      return operators('operator');
    case 'value':
      if (expected.field === 'evt.type') return [...events(), ...named('list', names)];
      return expected.inList ? named('list', names) : valuesOf(expected.field);
    case 'joint':
      return ['and', 'or'].map((label) => ({ label }));
    case 'check':
      return [...named('macro', names), ...fields(), ...operators('transformer'), { label: 'not' }];
  }
}

function fields(): Completion[] {
  return (vocabulary.value?.fields ?? [])
    .filter(({ hidden }) => !hidden)
    .map(({ name, type, description, deprecated, filterOnly }) => ({
      label: name,
      detail: type.toLowerCase(),
      info: deprecated ? `Deprecated. ${description}` : description,
      boost: filterOnly ? -1 : deprecated ? -50 : 0,
    }));
}

function operators(kind: 'operator' | 'transformer'): Completion[] {
  return (vocabulary.value?.operators ?? [])
    .filter((one) => one.kind === kind)
    .map(({ word, description }) => ({ label: word, info: description }));
}

function events(): Completion[] {
  return (vocabulary.value?.events ?? []).map(({ name, params, syscall }) => ({
    label: name,
    detail: syscall ? 'syscall' : 'event',
    info:
      params.length === 0 ? 'Only its name is recorded.' : `Arguments: ${params.map((param) => param.name).join(', ')}`,
  }));
}

function named(kind: 'macro' | 'list', names: RuleNames): Completion[] {
  return names
    .all()
    .filter((one) => one.kind === kind)
    .map(({ name, text }) => ({ label: name, detail: kind, info: text }));
}

/** Words that an argument is made of: `evt.arg.flags`. */
function valuesOf(field: string): Completion[] {
  const argument = /^evt\.(?:raw)?arg\.(\w+)$/.exec(field)?.[1];
  if (argument === undefined) return [];
  const words = (vocabulary.value?.events ?? []).flatMap(({ params }) =>
    params.filter(({ name }) => name === argument).flatMap(({ values }) => values),
  );
  return [...new Set(words)].map((label) => ({ label }));
}
