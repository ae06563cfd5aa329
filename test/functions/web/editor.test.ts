import { describe, expect, it } from 'vitest';
import { conditionWord } from '../../../functions/web/page/editor/condition-words.ts';
import { expectedAt } from '../../../functions/web/page/editor/expected.ts';
import { fixOf } from '../../../functions/web/page/editor/fix.ts';
import { positionAt } from '../../../functions/web/page/editor/position.ts';

const FILE = `- list: shells
  items: [sh, bash]

- rule: A
  desc: what it is
  condition: >
    evt.type = execve
    and proc.name in (
  output: started %proc.name
  priority: INFO
`;

describe('what stands at a place of a rule file', () => {
  it.each([
    ['items: [sh', 'value', 'items'],
    ['evt.type =', 'condition', 'condition'],
    ['in (', 'condition', 'condition'],
    ['started %proc', 'output', 'output'],
    ['priority: IN', 'value', 'priority'],
  ] as const)('behind "%s" is a %s', (words, kind, key) => {
    expect(positionAt(FILE, FILE.indexOf(words) + words.length)).toMatchObject({ kind, key });
  });

  it('knows what of a condition is written before it', () => {
    const { before } = positionAt(FILE, FILE.indexOf('in (') + 4);
    expect(before.trim().split(/\s+/)).toEqual('evt.type = execve and proc.name in ('.split(' '));
  });

  it('is a key at the beginning of a line', () => {
    expect(positionAt('- rule: A\n  ', 12)).toMatchObject({ kind: 'key' });
    expect(positionAt('', 0)).toMatchObject({ kind: 'key' });
  });
});

describe('what a condition goes on with', () => {
  it.each([
    ['', { kind: 'check' }],
    ['evt.type', { kind: 'operator' }],
    ['evt.type =', { kind: 'value', field: 'evt.type', inList: false }],
    ['evt.type = open', { kind: 'joint' }],
    ['evt.type = open and', { kind: 'check' }],
    ['proc.name in (', { kind: 'value', field: 'proc.name', inList: true }],
    ['proc.name in (sh,', { kind: 'value', field: 'proc.name', inList: true }],
    ['proc.name in (sh, bash)', { kind: 'joint' }],
    ['started and not (', { kind: 'check' }],
    ['fd.name exists', { kind: 'joint' }],
    ['(a or b)', { kind: 'joint' }],
  ])('after "%s"', (before, expected) => {
    expect(expectedAt(before)).toEqual(expected);
  });
});

describe('words of a condition', () => {
  it.each([
    ['and x', 3, 'joint'],
    ['startswith /etc', 10, 'operator'],
    ['proc.aname[2] = sh', 13, 'field'],
    ['"a \\" b" c', 8, 'text'],
    ['>= 3', 2, 'operator'],
    ['tolower(x)', 7, 'transformer'],
    ['shell_started and', 13, 'macro'],
    ['0x1f)', 4, 'number'],
  ] as const)('"%s" begins with %d letters that are a %s', (text, length, kind) => {
    expect(conditionWord(text)).toEqual({ length, kind });
  });
});

describe('what mends a finding', () => {
  it.each([
    [
      'the marked word',
      { message: 'x', hint: "did you mean 'proc.name'?" },
      'proc.nme',
      { from: 0, to: 8, text: 'proc.name' },
    ],
    [
      'a word in what is marked',
      { message: "unknown 'proc.nme'", hint: 'did you mean proc.name?' },
      'a = b and proc.nme = c',
      { from: 10, to: 18, text: 'proc.name' },
    ],
    ['nothing without a hint', { message: 'x' }, 'proc.nme', undefined],
    ['nothing where the word is not', { message: 'x', hint: "did you mean 'y'?" }, 'a b', undefined],
  ])('is %s', (_, finding, marked, fix) => {
    expect(fixOf(finding, marked)).toEqual(fix);
  });
});
