import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';
import { matchesWildcard, type Selection } from '../../engine/rules/selection.ts';

const RULES = [
  ['a', 'INFO', '[t1]'],
  ['b', 'ERROR', '[t1, t2]'],
  ['c', 'DEBUG', '[t2]'],
]
  .map(
    ([name, priority, tags]) =>
      `- {rule: ${name}, desc: d, condition: evt.type = open, output: x, priority: ${priority}, tags: ${tags}}`,
  )
  .join('\n');

const disable = (pattern: string): Selection => ({ action: 'disable', by: 'rule', pattern });
const enable = (pattern: string): Selection => ({ action: 'enable', by: 'rule', pattern });

describe('the rules that run', () => {
  it.each<[string, LoadOptions, string[]]>([
    ['are all, in the order of definition', {}, ['a', 'b', 'c']],
    ['are as grave as asked for at least', { priority: 'Warning' }, ['b']],
    ['can be switched off by name', { select: [disable('a')] }, ['b', 'c']],
    ['can be switched off by tag', { select: [{ action: 'disable', by: 'tag', pattern: 't2' }] }, ['a']],
    ['go to the end when they are switched on', { select: [disable('*'), enable('c'), enable('a')] }, ['c', 'a']],
    ['go to the end when they are switched off and on', { select: [disable('a'), enable('a')] }, ['b', 'c', 'a']],
    ['stay where they are when they are on already', { select: [enable('b')] }, ['a', 'b', 'c']],
    ['do not come back below the priority', { priority: 'Error', select: [enable('*')] }, ['b']],
    ['are matched by case and by * only', { select: [disable('A'), disable('?')] }, ['a', 'b', 'c']],
  ])('%s', (_, options, names) => {
    const { ruleSet } = loadRules([new Source('rules.yaml', RULES)], options);
    expect(ruleSet?.active.map(({ name }) => name)).toEqual(names);
    expect(ruleSet?.rules).toHaveLength(3);
  });

  it('keep their first place when they are defined again', () => {
    const again = '\n- {rule: a, desc: d, condition: evt.type = close, output: y, priority: INFO}\n';
    const { ruleSet } = loadRules([new Source('rules.yaml', RULES + again)]);
    expect(ruleSet?.active.map(({ name, outputText }) => `${name} ${outputText}`)).toEqual(['a y', 'b x', 'c x']);
  });

  it('are not those that the file switches off, which a selection can bring back', () => {
    const off = '\n- {rule: b, enabled: false, override: {enabled: replace}}\n';
    const active = (options: LoadOptions) =>
      loadRules([new Source('rules.yaml', RULES + off)], options).ruleSet?.active.map(({ name }) => name);
    expect(active({})).toEqual(['a', 'c']);
    expect(active({ select: [enable('b')] })).toEqual(['a', 'c', 'b']);
  });
});

describe('matchesWildcard', () => {
  it.each([
    ['*', 'anything', true],
    ['a*', 'abc', true],
    ['*c', 'abc', true],
    ['a*c', 'abc', true],
    ['b*', 'abc', false],
    ['abc', 'abcd', false],
    ['', '', true],
    ['**', '', true],
    ['*b*d*', 'abcde', true],
    ['*a', 'aba', false],
  ])('%s against %s is %s', (pattern, text, matches) => {
    expect(matchesWildcard(pattern, text)).toBe(matches);
  });
});
