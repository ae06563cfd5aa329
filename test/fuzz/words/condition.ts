import { FIELD_ROWS } from '../../../engine/fields/field-table.ts';
import type { FieldRow } from '../../../engine/fields/field.ts';
import {
  MODIFIER_TABLE,
  OPERATOR_TABLE,
  TRANSFORMER_TABLE,
  type OperandKind,
  type OperatorRow,
} from '../../../engine/filter/operators.ts';
import { EVENT_TYPES } from '../../../engine/model/event-types.ts';
import type { Random } from '../random.ts';
import { pathText, plainWord, strangeText } from './strange-text.ts';

const OPEN_FIELDS = [
  'evt.arg.path',
  'evt.arg.flags',
  'evt.arg.fd',
  'evt.arg[0]',
  'evt.rawarg.flags',
  'evt.rawarg.res',
  'evt.type.is.open',
  'evt.abspath.src',
  'thread.cgroup.cpu',
  'proc.aname[2]',
  'container.mount[/etc]',
  'container.label[a]',
  'fs.path.name',
  'nothing.such',
  'evt.arg',
  'proc',
];

/** Words of the condition language, for changes at random places. */
export const CONDITION_WORDS: readonly string[] = [
  ...OPERATOR_TABLE.map(({ word }) => ` ${word} `),
  ...MODIFIER_TABLE.map(({ word }) => `${word} (`),
  ...TRANSFORMER_TABLE.map(({ word }) => `${word}(`),
  'val(',
  ' and ',
  ' or ',
  'not ',
  '(',
  ')',
  '()',
  ', ',
  '[',
  ']',
  '"',
  "'",
  '\\"',
  '\\',
  '\\x41',
  ' ',
  ...OPEN_FIELDS,
];

/** A condition that mostly parses, and often means something. */
export function conditionText(random: Random, depth = random.count(4)): string {
  if (depth <= 0 || random.once(4)) return random.once(30) ? plainWord(random) : checkText(random);
  switch (random.below(6)) {
    case 0:
      return `not ${conditionText(random, depth - 1)}`;
    case 1:
      return `(${conditionText(random, depth - 1)})`;
    case 2:
      return `not (${conditionText(random, depth - 1)})`;
    default: {
      const parts = Array.from({ length: random.count(4) + 1 }, () => conditionText(random, depth - 1));
      return `(${parts.join(random.once(2) ? ' and ' : ' or ')})`;
    }
  }
}

/** One check: `field operator value`. */
export function checkText(random: Random): string {
  const row = random.pick(FIELD_ROWS);
  const left = random.once(6) ? transformerText(random) : fieldText(row, random);
  const { word, takes } = random.pick(random.once(6) ? OPERATOR_TABLE : operatorsFor(row));
  if (takes === 'none') return `${left} ${word}`;
  if (takes === 'text' && random.once(8))
    return `${left} ${word} ${random.pick(MODIFIER_TABLE).word} ${list(row, random)}`;
  const space = random.once(8) ? '' : ' ';
  return `${left}${space}${word} ${random.once(10) ? rightField(random) : rightText(takes, row, random)}`;
}

/** A field with its argument, if it takes one or by mistake. */
export function fieldText(row: FieldRow, random: Random): string {
  if (random.once(12)) return random.pick(OPEN_FIELDS);
  if (row.argument === 'none' && !random.once(20)) return row.name;
  if (row.argument === 'optional' && random.once(2)) return row.name;
  if (row.name === 'evt.arg' || row.name === 'evt.rawarg') return `${row.name}.${paramName(random)}`;
  return `${row.name}[${argumentText(row, random)}]`;
}

/** A transformer over fields, maybe over other transformers. */
export function transformerText(random: Random, depth = 2): string {
  const inner = (): string =>
    depth > 0 && random.once(3) ? transformerText(random, depth - 1) : fieldText(random.pick(FIELD_ROWS), random);
  const { word } = random.pick(TRANSFORMER_TABLE);
  switch (word) {
    case 'join':
      return `join("${random.pick(['', '/', ', '])}", (${inner()}, ${inner()}))`;
    case 'getopt':
      return `getopt(${inner()}, "${random.pick(['ab:', 'a', ':', ''])}")[${random.pick(['a', 'b', ''])}]`;
    case 'concat':
      return `concat(${inner()}, "${plainWord(random)}", ${inner()})`;
    default:
      return `${word}(${inner()})`;
  }
}

/** Operators that a field of this type mostly has. */
function operatorsFor({ type, list }: FieldRow): readonly OperatorRow[] {
  const kinds: readonly OperandKind[] = /INT|PID|FD|TIME|PORT|UID|GID|FLAGS|MODE/.test(type)
    ? ['none', 'number', 'list']
    : ['none', 'text', 'list'];
  if (type.startsWith('IP') || type === 'BOOL')
    return OPERATOR_TABLE.filter(({ word }) => /^(=|!=|in|exists)$/.test(word));
  const words = list ? /^(in|intersects|exists|=)$/ : /^(?!intersects|b)/;
  return OPERATOR_TABLE.filter((row) => (kinds.includes(row.takes) || /^!?=$/.test(row.word)) && words.test(row.word));
}

function rightField(random: Random): string {
  return random.once(3) ? transformerText(random) : `val(${fieldText(random.pick(FIELD_ROWS), random)})`;
}

function rightText(takes: OperandKind, row: FieldRow, random: Random): string {
  if (takes === 'number') return random.once(8) ? constantText(row, random) : numberText(random);
  if (takes === 'list') return random.once(10) ? plainWord(random) : list(row, random);
  return constantText(row, random);
}

function list(row: FieldRow, random: Random): string {
  const count = random.once(12) ? random.below(300) : random.below(5);
  return `(${Array.from({ length: count }, () => constantText(row, random)).join(', ')})`;
}

/** A constant that fits the field, or one that does not. */
function constantText(row: FieldRow, random: Random): string {
  if (row.name.startsWith('evt.type') && !random.once(4)) return random.pick(EVENT_TYPES).name || 'open';
  if (row.type.startsWith('IP') && !random.once(4)) return addressText(random);
  if (row.type === 'BOOL' && !random.once(3)) return random.pick(['true', 'false', '1', '0', 'True', 'yes']);
  if (/INT|PID|FD|TIME|PORT/.test(row.type) && !random.once(4)) return numberText(random);
  switch (random.below(8)) {
    case 0:
      return `"${patternText(random).replace(/["\\]/g, '\\$&')}"`;
    case 1:
      return `'${strangeText(random)}'`;
    case 2:
      return quotedPath(random);
    case 3:
      return random.pick(['2f6574', 'zz', '0', 'ABCDEF0123']);
    case 4:
      return numberText(random);
    case 5:
      return addressText(random);
    default:
      return plainWord(random);
  }
}

function quotedPath(random: Random): string {
  const path = pathText(random);
  return random.once(3) ? `"${path}"` : path.replaceAll(' ', '_');
}

function numberText(random: Random): string {
  return random.pick([
    '0',
    '1',
    '-1',
    '3',
    '80',
    '65536',
    '1.5',
    '0x1F',
    '1e+3',
    '4294967296',
    '-9223372036854775808',
    '99999999999999999999',
    '+7',
    '1e+400',
  ]);
}

function addressText(random: Random): string {
  return random.pick([
    '10.0.0.1',
    '10.0.0.0/8',
    '1.2.3.4/33',
    '::1',
    'fe80::/10',
    '::ffff:1.2.3.4',
    '300.1.1.1',
    '1.2.3',
    'localhost',
    'fe80::1%eth0',
    '"::"',
    '2001:db8::/129',
  ]);
}

/** A regular expression or a glob, well formed or not. */
export function patternText(random: Random): string {
  const parts = [
    'a',
    '.',
    '*',
    '+',
    '?',
    '{2}',
    '{1,1000}',
    '{,}',
    '(',
    ')',
    '[',
    ']',
    '[a-z]',
    '[^/]',
    '[[:alpha:]]',
    '|',
    '^',
    '$',
    '\\d',
    '\\Q',
    '\\x{10FFFF}',
    '\\pL',
    '(?i)',
    '(?:',
    '/',
    '**',
    '[]',
    '[!a]',
    '\\',
    '{',
  ];
  return Array.from({ length: random.count(12) }, () => random.pick(parts)).join('');
}

function argumentText(row: FieldRow, random: Random): string {
  if (random.once(8))
    return random.pick(['', '""', '" "', "'a'", '-1', '99999999999', 'a]b', 'a.b', '*', strangeText(random)]);
  if (row.name.includes('mount'))
    return random.pick(['/etc', '/etc*', '"(a|b)*"', '0', '/host[0-9]', '"(a*)*b"', '"[a-"']);
  return row.argumentKind === 'key' ? plainWord(random) : String(random.below(12));
}

function paramName(random: Random): string {
  const { params } = random.pick(EVENT_TYPES);
  return params.length === 0 ? 'res' : random.pick(params).name;
}
