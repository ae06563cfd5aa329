import { spanOf, type Node } from '../document/node.ts';
import type { Fields, NodeReader } from '../document/reading.ts';
import { toUnicode } from '../model/byte-string.ts';
import { priorityOf, type Priority } from '../model/priority.ts';
import { expectations } from '../scenario/expect.ts';
import { list } from '../scenario/language/collections.ts';
import { duration } from '../scenario/language/duration.ts';
import { flag, integer, prose } from '../scenario/language/scalars.ts';
import type { Happening, ServiceState } from './node/falco-service.ts';
import { plainOf } from './plain.ts';
import { LOCAL_PATH } from './task.ts';
import type { AllowedChange, Demand } from './task-check.ts';

/** How a kind of check is read: its keys, the first of which names it. */
export interface DemandReader {
  readonly keys: readonly string[];
  read(reader: NodeReader, fields: Fields): Demand | undefined;
}

const CHANGES: readonly AllowedChange[] = ['rule', 'priority', 'output', 'appeared', 'vanished'];
const SERVICE_STATES: readonly ServiceState[] = ['running', 'stopped', 'failed'];
const HAPPENINGS: readonly Happening[] = ['start', 'stop', 'restart', 'reload', 'fail'];
const MANY = 1_000_000;

/** Every kind of check by the key that names it. */
export const DEMANDS: Readonly<Record<string, DemandReader>> = {
  valid: {
    keys: ['valid', 'without'],
    read: (reader, fields) => {
      const word = fields.read('valid', (node) => reader.choice(node, "'valid'", ['yes', 'without warnings']));
      if (word === undefined) return undefined;
      return { kind: 'valid', without: word === 'yes' ? texts(reader, fields, 'without') : 'all' };
    },
  },
  expect: {
    keys: ['expect', 'on'],
    read: (reader, fields) => {
      const node = fields.required('expect');
      const told = node && expectations.read(reader, node, "'expect'");
      fields.required('on');
      if (node === undefined || told === undefined) return undefined;
      return { kind: 'alerts', traces: texts(reader, fields, 'on'), list: told, node, span: spanOf(node) };
    },
  },
  rule: {
    keys: ['rule', 'priority', 'source', 'tags', 'enabled'],
    read: (reader, fields) => {
      const rule = text(reader, fields, 'rule');
      if (rule === undefined) return undefined;
      const enabled = fields.optional('enabled', (node, what) => flag.read(reader, node, what));
      const source = text(reader, fields, 'source');
      return {
        kind: 'rule',
        rule,
        priority: gradeOf(reader, fields),
        source,
        tags: texts(reader, fields, 'tags'),
        enabled,
      };
    },
  },
  'only changed': {
    keys: ['only changed'],
    read: (reader, fields) => ({ kind: 'place', paths: texts(reader, fields, 'only changed') }),
  },
  'changed alerts': {
    keys: ['changed alerts', 'in', 'on'],
    read: (reader, fields) => {
      const aspects = items(fields.get('in')).flatMap((node) => reader.choice(node, "'in'", CHANGES) ?? []);
      return {
        kind: 'change',
        rules: texts(reader, fields, 'changed alerts'),
        aspects,
        traces: texts(reader, fields, 'on'),
      };
    },
  },
  answer: {
    keys: ['answer', 'is', 'in order', 'told'],
    read: (reader, fields) => {
      const question = text(reader, fields, 'answer');
      fields.required('is');
      if (question === undefined) return undefined;
      const inOrder = fields.optional('in order', (node, what) => flag.read(reader, node, what)) ?? false;
      const told = pairs(fields.get('told')).map(
        ([key, value]) => [key, toUnicode(reader.text(value, key) ?? '')] as const,
      );
      return { kind: 'answer', question, is: texts(reader, fields, 'is'), inOrder, told: new Map(told) };
    },
  },
  log: {
    keys: ['log', 'of', 'on', 'from', 'for'],
    read: (reader, fields) => {
      const [path, rule, trace] = (['log', 'of', 'on'] as const).map((key) => {
        fields.required(key);
        return text(reader, fields, key);
      });
      if (path === undefined || rule === undefined || trace === undefined) return undefined;
      const from = fields.optional('from', (node, what) => duration.read(reader, node, what)) ?? 0n;
      const length = fields.optional('for', (node, what) => duration.read(reader, node, what));
      return { kind: 'log', path, rule, trace, from, until: length === undefined ? 1n << 63n : from + length };
    },
  },
  written: {
    keys: ['written', 'rules', 'macros', 'lists', 'overrides', 'most lines', 'rule', 'fields', 'no fields', 'uses'],
    read: (reader, fields) => {
      const count = (key: string) => fields.optional(key, (node, what) => integer(0, MANY).read(reader, node, what));
      const path = text(reader, fields, 'written') ?? 'yes';
      return {
        kind: 'written',
        path: path.startsWith('/') ? path : LOCAL_PATH,
        rules: count('rules'),
        macros: count('macros'),
        lists: count('lists'),
        overrides: texts(reader, fields, 'overrides'),
        mostLines: count('most lines'),
        rule: text(reader, fields, 'rule'),
        fields: texts(reader, fields, 'fields'),
        noFields: texts(reader, fields, 'no fields'),
        uses: texts(reader, fields, 'uses'),
      };
    },
  },
  config: {
    keys: ['config'],
    read: (_, fields) => {
      const values = pairs(fields.get('config')).map(([key, value]) => [key, plainOf(value)] as const);
      return { kind: 'config', values: new Map(values) };
    },
  },
  proof: {
    keys: ['proof', 'rule', 'of', 'positive', 'negative', 'mutants', 'at least'],
    read: (reader, fields) => {
      const count = (key: string) => fields.optional(key, (node, what) => integer(0, MANY).read(reader, node, what));
      const [path, rule, of] = (['proof', 'rule', 'of'] as const).map((key) => {
        fields.required(key);
        return text(reader, fields, key);
      });
      if (path === undefined || rule === undefined || of === undefined) return undefined;
      const mutants = pairs(fields.get('mutants')).map(([does, edits]) => {
        const texts = pairs(edits).map(([old, now]) => [old, toUnicode(reader.text(now, old) ?? '')] as const);
        return [does, texts] as const;
      });
      return {
        kind: 'proof',
        path,
        rule,
        of,
        positive: count('positive') ?? 0,
        negative: count('negative') ?? 0,
        mutants: new Map(mutants),
        atLeast: count('at least'),
      };
    },
  },
  state: {
    keys: ['state'],
    read: (_, fields) => {
      const node = fields.required('state');
      return node && { kind: 'state', objects: plainOf(node) };
    },
  },
  service: {
    keys: ['service', 'loaded', 'done', 'not done'],
    read: (reader, fields) => {
      const state = fields.read('service', (node) => reader.choice(node, "'service'", SERVICE_STATES));
      const all = (key: string): Happening[] =>
        items(fields.get(key)).flatMap((node) => reader.choice(node, `'${key}'`, HAPPENINGS) ?? []);
      const loaded = fields.optional('loaded', (node, what) => flag.read(reader, node, what)) ?? false;
      return { kind: 'service', state, loaded, done: all('done'), notDone: all('not done') };
    },
  },
  file: {
    keys: ['file', 'holds', 'lacks', 'json', 'lines of', 'on', 'at least', 'nothing else'],
    read: (reader, fields) => {
      const yes = (key: string) => fields.optional(key, (node, what) => flag.read(reader, node, what)) ?? false;
      const path = text(reader, fields, 'file');
      const rule = text(reader, fields, 'lines of');
      const trace = rule === undefined ? '' : (fields.required('on'), text(reader, fields, 'on'));
      if (path === undefined || trace === undefined) return undefined;
      const least = fields.optional('at least', (node, what) => integer(0, MANY).read(reader, node, what));
      return {
        kind: 'file',
        path,
        holds: texts(reader, fields, 'holds'),
        lacks: texts(reader, fields, 'lacks'),
        isJson: yes('json'),
        rule,
        trace,
        atLeast: least ?? 1,
        nothingElse: yes('nothing else'),
      };
    },
  },
};

function text(reader: NodeReader, fields: Fields, key: string): string | undefined {
  return fields.optional(key, (node, what) => prose.read(reader, node, what));
}

/** One text, or a list of them; none where the key is absent. */
function texts(reader: NodeReader, fields: Fields, key: string): readonly string[] {
  return fields.optional(key, (node, what) => list(prose).read(reader, node, what)) ?? [];
}

function gradeOf(reader: NodeReader, fields: Fields): Priority | undefined {
  const node = fields.get('priority');
  if (node === undefined) return undefined;
  return (
    priorityOf(reader.text(node, "'priority'") ?? '') ?? reader.fail('TASK_VALUE', node, 'there is no such priority')
  );
}

function items(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}

function pairs(node: Node | undefined): (readonly [string, Node])[] {
  if (node?.kind !== 'mapping') return [];
  return node.pairs.flatMap(({ key, value }) => (key.kind === 'scalar' ? [[toUnicode(key.text), value] as const] : []));
}
