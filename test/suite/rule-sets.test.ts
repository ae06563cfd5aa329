import { expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { RuleSets } from '../../engine/suite/rule-sets.ts';

it('rules are loaded once for the same text, and again for another one of the same name and length', () => {
  const sets = new RuleSets();
  const named = (name: string) => [
    new Source('r.yaml', `- rule: ${name}\n  desc: d\n  condition: evt.type = open\n  output: o\n  priority: INFO\n`),
  ];
  const first = sets.load(named('one'), undefined);
  expect(sets.load(named('one'), undefined)).toBe(first);
  expect(sets.load(named('two'), undefined).ruleSet?.rules.map(({ name }) => name)).toEqual(['two']);
});
