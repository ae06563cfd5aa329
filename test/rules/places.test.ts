import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';

const RULE = (condition: string) => `- rule: r
  desc: d
  condition: ${condition}
  output: x
  priority: INFO
`;

describe('the exact place of an error', () => {
  it.each([
    ['a field', RULE('evt.type = open and proc.nmae = cat'), 'proc.nmae'],
    ['a constant', RULE('evt.type = open and proc.pid = ten'), 'ten'],
    ['a constant in quotes', RULE(`'evt.type = open and proc.pid = "te n"'`), 'proc.pid = "te n"'],
    ['a constant of a list', `- list: l\n  items: [1, ten]\n${RULE('evt.type = open and proc.pid in (l)')}`, 'ten'],
    [
      'a value of an exception',
      `${RULE('evt.type = open')}  exceptions:\n    - {name: e, fields: [proc.pid], values: [[ten]]}\n`,
      'ten',
    ],
    ['an unknown macro', RULE('evt.type = open and nope and x'), 'nope'],
    [
      'an unknown macro in a macro',
      `- macro: m\n  condition: >\n    evt.type = open and\n    nope\n${RULE('m')}`,
      'nope',
    ],
    ['a check in a macro', `- macro: m\n  condition: foo.bar = 1\n${RULE('evt.type = open and m')}`, 'foo.bar'],
    ['a word that is not expected', RULE('evt.type = open proc.name = cat'), 'proc.name'],
    ['a field of an output', RULE('evt.type = open').replace('output: x', 'output: a %proc.nmae b'), '%proc.nmae'],
    ['a folded condition', RULE('>\n    evt.type = open and\n      proc.nmae = cat'), 'proc.nmae'],
    [
      'an appended condition',
      `${RULE('evt.type = open')}- rule: r\n  condition: and foo.bar = 1\n  override: {condition: append}\n`,
      'foo.bar',
    ],
    ['a key that is unknown', RULE('evt.type = open').replace('priority: INFO', 'priority: INFO\n  prio: x'), 'prio'],
  ])('is that of %s', (_, yaml, place) => {
    const [found] = allOf(yaml);
    const { source, start, end } = found!.span!;
    expect(source.text.slice(start, end)).toBe(place);
  });
});

describe("Falco's places", () => {
  it('lead from the file inward, counted from zero, and end in the condition counted as its parser counts', () => {
    const [found] = allOf(`\n${RULE('evt.type = open and\n    proc.pid = ten')}`);
    expect(
      found?.locations?.map(({ itemType, itemName, position: { name, line, column, offset } }) => [
        itemType,
        itemName,
        name,
        line,
        column,
        offset,
      ]),
    ).toEqual([
      ['rules content', '', 'rules.yaml', 0, 0, 0],
      ['rule', 'r', 'rules.yaml', 1, 2, 3],
      ['rule condition', '', 'rules.yaml', 3, 13, 34],
      ['condition expression', '', '"evt.type = open a..."', 4, 34, 54],
    ]);
  });

  it('show the line of a file with a mark under it', () => {
    const [found] = allOf('- list: l\n  items: x\n');
    expect(found?.snippet).toBe('  items: x\n         ^\n');
  });

  it('show the condition, where the mark is mostly at its end', () => {
    const [found] = allOf(RULE('evt.type = open and proc.pid = ten'));
    expect(found?.snippet).toBe(`evt.type = open and proc.pid = ten\n${' '.repeat(33)}^\n`);
  });

  it('show a condition that does not parse with its lists put in', () => {
    const [found] = allOf(`- list: l\n  items: [a, b]\n${RULE('proc.name in (l) fd.name = x')}`);
    expect(found?.snippet).toBe(`proc.name in ( a, b ) fd.name = x\n${' '.repeat(32)}^\n`);
    expect(found?.locations?.at(-1)?.position.name).toBe('"proc.name in ( a,..."');
  });

  it('cut long lines on both sides', () => {
    const [found] = allOf(`- list: l\n  items: {${'a: b, '.repeat(50)}c: d}\n`);
    const [line, mark] = found!.snippet!.split('\n');
    expect(line).toMatch(/^  items: .*\.\.\.$/);
    expect(line).toHaveLength(9 + 81);
    expect(mark).toBe(`${' '.repeat(9)}^`);
  });

  it('count in bytes', () => {
    const [found] = allOf('- list: "ü€"\n  items: x\n');
    expect(found?.locations?.at(-1)?.position).toMatchObject({ line: 1, column: 9, offset: 25 });
    expect(found?.locations?.[1]?.itemName).toBe('ü€');
  });
});

function allOf(yaml: string): Diagnostic[] {
  const { results } = loadRules([new Source('rules.yaml', yaml)]);
  return results.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
}
