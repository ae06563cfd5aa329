import { describe, expect, it } from 'vitest';
import { explain, isRefused } from '../../engine/explain.ts';
import { outcomeText } from '../../engine/explanation/outcome-text.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { ask, rulesOf } from '../explanation/explained-trace.ts';

const RULES = `
- {rule: web opens, desc: d, condition: evt.type = open and proc.name = Nginx and fd.num = 4, output: o, priority: WARNING}
- {rule: opens, desc: d, condition: evt.type = open, output: o, priority: INFO}
- {rule: closes, desc: d, condition: evt.type = close, output: o, priority: INFO}
- {rule: off, desc: d, condition: evt.type = open, output: o, priority: INFO, enabled: false}
- {rule: small, desc: d, condition: evt.type = open and fd.num = 9, output: o, priority: DEBUG}
`;

function outcome(event: number, rule: string, load: LoadOptions = {}, matching: 'first' | 'all' = 'first') {
  const options = { matching, ...(load.priority === undefined ? {} : { priority: load.priority }) };
  const answer = ask(rulesOf(RULES, load), { event, rule }, options);
  if (answer.kind !== 'event') throw new Error(answer.kind);
  const [explanation] = answer.explanation.explanations;
  if (explanation === undefined) throw new Error('nothing is explained');
  return [explanation.outcome, outcomeText(explanation, answer.explanation.event)];
}

describe('explain', () => {
  it.each<[event: number, rule: string, load: LoadOptions, outcome: string, text: string]>([
    [1, 'web opens', {}, 'fired', 'fired: its condition holds'],
    [2, 'web opens', {}, 'no-match', 'did not fire: one check would have to change'],
    [
      1,
      'opens',
      {},
      'shadowed',
      "did not fire: its condition holds, but the earlier rule 'web opens' took the event (rule_matching is first)",
    ],
    [2, 'opens', {}, 'fired', 'fired: its condition holds'],
    [1, 'closes', {}, 'other-type', 'did not fire: it is only tried on close events, and this is open'],
    [1, 'off', {}, 'switched-off', 'did not fire: it is switched off in its file, though its condition holds'],
    [
      2,
      'small',
      { priority: 'Informational' },
      'below-priority',
      'did not fire: its priority Debug is below the least that runs, and its condition does not hold either',
    ],
    [
      2,
      'opens',
      { select: [{ action: 'disable', by: 'rule', pattern: 'opens' }] },
      'switched-off',
      'did not fire: it is switched off by the configuration, though its condition holds',
    ],
    [5, 'opens', {}, 'unseen', 'did not fire: Falco shows this event to no rule'],
  ])('says of event %i and rule %s: %s', (event, rule, load, expected, text) => {
    expect(outcome(event, rule, load)).toEqual([expected, text]);
  });

  it('lets no rule hide another when all fire', () => {
    expect(outcome(1, 'opens', {}, 'all')[0]).toBe('fired');
  });

  it('tells of all rules that can see the event: those that fired, those that hold, then the nearest', () => {
    const answer = ask(rulesOf(RULES), { event: 1 });
    if (answer.kind !== 'event') throw new Error(answer.kind);
    const { explanations, ruleCount, event } = answer.explanation;
    expect(event).toMatchObject({ number: 1, type: 'open', fields: { 'proc.name': 'Nginx' } });
    expect(explanations.map(({ rule, outcome: what, distance }) => [rule.name, what, distance])).toEqual([
      ['web opens', 'fired', 1],
      ['opens', 'shadowed', Infinity],
      ['off', 'switched-off', Infinity],
      ['small', 'no-match', 1],
    ]);
    expect(ruleCount).toBe(4);
  });

  it.each([
    ['web open', "did you mean 'web opens'?"],
    ['CLOSE', "did you mean 'closes'?"],
    ['nothing like it', 'there are 5 rules'],
  ])('offers the nearest rule for %s', (name, hint) => {
    const asked = explain(rulesOf(RULES), { rule: name });
    expect(isRefused(asked) && asked).toMatchObject({ code: 'EXPLAIN_UNKNOWN_RULE', hint });
  });

  it.each([
    [7, 'it has the events 1 to 6'],
    [4, 'it has the events 1 to 6, of which 3 and 5 are the nearest'],
  ])('tells which events there are when there is no event %i', (event, hint) => {
    const answer = ask(rulesOf(RULES), { event });
    expect(answer.kind === 'refused' && answer.diagnostic).toMatchObject({ code: 'EXPLAIN_UNKNOWN_EVENT', hint });
  });

  it('tells of a rule that was skipped when it was loaded', () => {
    const yaml =
      '- {rule: r, desc: d, condition: evt.typ = x, output: o, priority: INFO, skip-if-unknown-filter: true}';
    const { ruleSet, collected } = loadRules([new Source('rules.yaml', yaml)]);
    const asked = explain(ruleSet as RuleSet, { rule: 'r' }, { collected });
    expect(isRefused(asked) && asked.message).toBe("the rule 'r' was skipped when the files were loaded");
  });

  it('wants to be asked for an event or a rule', () => {
    expect(isRefused(explain(rulesOf(RULES), {}))).toBe(true);
  });
});
