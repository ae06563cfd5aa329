import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, eventCode } from '../../engine/model/event-types.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules } from '../../engine/rules/loader.ts';
import { readCases } from './case-file.ts';

const cases = readCases('event-types.yaml', ['says', 'condition', 'events', 'found'], (reading) => ({
  says: reading.text('says'),
  condition: reading.text('condition') ?? '',
  events: reading.texts('events'),
  found: reading.texts('found') ?? [],
}));

describe('the events on which a rule is tried', () => {
  it.each(cases)('$says: $condition', ({ condition, events, found }) => {
    const { results, ruleSet } = loadRules([ruleOf(condition)]);
    const [{ errors, warnings, lints }] = results as [(typeof results)[number]];
    expect([...errors, ...lints, ...warnings].map(({ code }) => code)).toEqual(found);
    const codes = [...ruleSet!.rules[0]!.eventCodes];
    expect(codes).toContain(eventCode('ASYNCEVENT_E'));
    const names = codes.filter((code) => code !== eventCode('ASYNCEVENT_E')).map((code) => EVENT_TYPES[code]!.name);
    if (events !== undefined) expect([...new Set(names)].toSorted()).toEqual(events);
  });

  it('are all events where nothing says otherwise', () => {
    expect(loadRules([ruleOf('proc.name = cat')]).ruleSet?.rules[0]?.eventCodes.size).toBe(EVENT_TYPES.length);
  });

  it('are counted through any depth of a condition', () => {
    const depth = 1600;
    const condition = `${'not (evt.type != open or '.repeat(depth)}evt.type = close${')'.repeat(depth)}`;
    const { ruleSet } = loadRules([ruleOf(condition)]);
    expect(ruleSet?.rules[0]?.eventCodes.size).toBeGreaterThan(0);
  });
});

function ruleOf(condition: string): Source {
  const rule = { rule: 'r', desc: 'd', condition, output: 'x', priority: 'INFO' };
  return new Source('rules.yaml', `- ${JSON.stringify(rule)}\n`);
}
