import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { readChange } from '../../engine/diff.ts';
import { changeStory, feed } from './data.ts';

const story = changeStory();
const many = (count: number, text: (i: number) => string, glue: string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(glue);
const rule = (condition: string, more = ''): string =>
  `- rule: R\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: WARNING\n${more}`;
const shell = 'evt.type = execve and proc.name in (sh, dash)';

describe('rules made to take long', () => {
  it.each([
    ['a list of which everything differs', list(20_000, 'a'), list(20_000, 'b')],
    [
      'a condition of which every word differs',
      rule(`${shell} and ${checks(3_000, 'a')}`),
      rule(`${shell} and ${checks(3_000, 'b')}`),
    ],
    ['parentheses without end', rule(`${'('.repeat(2_000)}${shell}${')'.repeat(2_000)}`), rule(shell)],
    ['texts of parentheses', rule(`${shell} and ${closing(200)}`), rule(`${shell} and proc.name != "x"`)],
    ['a thousand rules that changed places', rules(1_000, (i) => i), rules(1_000, (i) => 999 - i)],
    ['macros that all changed, each used by all after it', macros(60, '='), macros(60, '!=')],
    ['exceptions with many values', rule(shell, exceptions(2_000, 'a')), rule(shell, exceptions(2_000, 'b'))],
    ['names that no word can be', rule(shell) + oddNames('a'), rule(shell) + oddNames('b')],
  ])('are compared all the same: %s', (_, from, to) => {
    const { change, from: old, to: now } = readChange([new Source('a.yaml', from)], [new Source('b.yaml', to)]);
    expect([...old, ...now].flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
    feed(story, change!.run({ name: 'story', label: 'unknown' }));
    const report = change!.report();
    expect(report.edits.length).toBeGreaterThan(0);
    expect(report.groups.filter(({ cause }) => cause.how === 'unsearched')).toEqual([]);
  });
});

function list(count: number, letter: string): string {
  return `- list: names\n  items: [sh, ${many(count, (i) => `${letter}${i}`, ', ')}]\n${rule('evt.type = execve and proc.name in (names)')}`;
}

function closing(count: number): string {
  return many(count, (i) => `proc.name != "${')'.repeat(200)}${i}"`, ' and ');
}

function checks(count: number, letter: string): string {
  return many(count, (i) => `proc.name != ${letter}${i}`, ' and ');
}

function rules(count: number, place: (i: number) => number): string {
  return many(
    count,
    (i) => `- rule: R${place(i)}\n  desc: d\n  condition: ${shell}\n  output: o\n  priority: DEBUG\n`,
    '',
  );
}

function macros(count: number, operator: string): string {
  const macro = (i: number) =>
    `- macro: m${i}\n  condition: proc.name ${operator} x${i}${i === 0 ? '' : ` or m${i - 1}`}\n`;
  return many(count, macro, '') + rule(`evt.type = execve and m${count - 1}`);
}

function exceptions(count: number, letter: string): string {
  return `  exceptions:\n    - name: e\n      fields: proc.name\n      values: [${many(count, (i) => `${letter}${i}`, ', ')}]\n`;
}

function oddNames(letter: string): string {
  return `- list: "a (b)"\n  items: [${letter}]\n`;
}
