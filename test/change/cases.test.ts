import { describe, expect, it } from 'vitest';
import { causeText } from '../../engine/change/report-words.ts';
import type { ChangeGroup } from '../../engine/change/change-report.ts';
import { readChange } from '../../engine/diff.ts';
import { changeCases, changeStory, feed } from './data.ts';

const story = changeStory();

describe('a change of rules', () => {
  it.each(changeCases().map((one) => [one.name, one] as const))('%s', (_, one) => {
    const { change, from, to } = readChange(one.from, one.to);
    expect([...from, ...to].flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
    feed(story, change!.run({ name: 'story', label: 'attack' }, { matching: one.matching }));
    const report = change!.report();
    expect(report.groups.map(shown)).toEqual(one.groups.map((line) => expect.stringContaining(line)));
    if (one.edits !== undefined) expect(report.edits.map(({ kind }) => kind)).toEqual(one.edits);
    if (one.version !== undefined) expect(report.version.level).toBe(one.version);
    const same = report.difference.rules.changed.filter(({ condition }) => condition === 'same meaning');
    expect(same.map(({ name }) => name)).toEqual(one.sameMeaning);
  });
});

function shown({ kind, aspects, turn, rule, ruleAfter, count, cause }: ChangeGroup): string {
  // Another rule has another output as well; what counts is that it is another rule.
  const first = aspects[0] === 'rule' ? ['rule'] : aspects;
  const what = [kind, ...first, ...(turn === undefined || turn === 'replaced' ? [] : [turn])].join(' ');
  return `${what} | ${ruleAfter === undefined ? rule : `${rule} > ${ruleAfter}`} | ${count} | ${causeText(cause)}`;
}
