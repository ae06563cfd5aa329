import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeExpression } from '../../../engine/filter/print.ts';
import { Source } from '../../../engine/model/source.ts';
import { loadRules } from '../../../engine/rules/loader.ts';
import { formatRules } from '../../../functions/web/page/judge/format-rules.ts';

const RULES = fileURLToPath(new URL('../../../scenarios/rules', import.meta.url));
const FILES = readdirSync(RULES).filter((name) => name.endsWith('.yaml'));

const CASES: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    'a short condition becomes one line',
    'evt.type = open   and\n    proc.name=cat',
    'evt.type = open and proc.name=cat',
  ],
  ['parentheses around the whole stay, for a file may append', '( a or  b )', '(a or b)'],
  ['a text in quotes keeps its blanks', 'proc.cmdline = "a  b"  and x', 'proc.cmdline = "a  b" and x'],
  ['a list stays a name', 'proc.name in ( shells )', 'proc.name in ( shells )'],
];

describe('laying out conditions', () => {
  it.each(CASES)('%s', (_, before, after) => {
    expect(formatted(`- macro: m\n  condition: >\n    ${before}\n`)).toBe(`- macro: m\n  condition: ${after}\n`);
  });

  it('breaks a long chain, and a long chain in it', () => {
    const parts = Array.from({ length: 4 }, (_, i) => `proc.name = some-long-name-of-a-program-${i}`);
    const text = formatted(`- macro: m\n  condition: evt.type = execve and (${parts.join(' or ')})\n`);
    expect(text.split('\n').slice(1)).toEqual([
      '  condition: >',
      '    evt.type = execve',
      `    and (${parts[0]}`,
      ...parts.slice(1).map((part, i) => `      or ${part}${i === 2 ? ')' : ''}`),
      '',
    ]);
  });

  it.each([
    ['a condition that can not be read', '- macro: m\n  condition: evt.type = = open\n'],
    ['what is no YAML', '- macro: [\n'],
    ['a flow mapping', '- { macro: m, condition: a   and b }\n'],
    ['a part that is appended', '- rule: r\n  condition: and not   a\n  append: true\n'],
  ])('leaves %s as it is', (_, text) => {
    expect(formatRules(text)).toEqual([]);
  });

  it('changes no condition of the starter rules, and nothing the second time', () => {
    const before = FILES.map((name) => new Source(name, readFileSync(join(RULES, name), 'utf8')));
    const after = before.map(({ name, text }) => new Source(name, formatted(text)));
    const conditionsOf = (sources: readonly Source[]) =>
      loadRules(sources).ruleSet?.rules.map(({ name, expression }) => [name, writeExpression(expression)]);
    expect(conditionsOf(after)).toEqual(conditionsOf(before));
    expect(after.some(({ text }, i) => text !== before[i]?.text)).toBe(true);
    for (const { text } of after) expect(formatRules(text)).toEqual([]);
  });
});

function formatted(text: string): string {
  return formatRules(text).reduceRight(
    (done, { from, to, text: put }) => done.slice(0, from) + put + done.slice(to),
    text,
  );
}
