import { describe, expect, it } from 'vitest';
import { Detection, type DetectOptions } from '../../engine/detect.ts';
import type { Alert } from '../../engine/model/alert.ts';
import { Source } from '../../engine/model/source.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { JsonlReader } from '../../engine/trace/jsonl/jsonl-reader.ts';

const RULES = `
- {rule: closes, desc: d, condition: evt.type = close, output: "%proc.name closed", priority: INFO, tags: [b, a]}
- {rule: cat closes, desc: d, condition: evt.type = close and proc.name = cat, output: cat, priority: ERROR}
- {rule: dups, desc: d, condition: evt.type = dup, output: dup, priority: DEBUG, enabled: false}
- {rule: opens, desc: d, condition: evt.type = open, output: open, priority: WARNING}
`;

const TRACE = `{"section":1}
{"process":{"tid":7,"pid":7,"ptid":1,"comm":"sh","exe":"sh"}}
{"process":{"tid":8,"pid":8,"ptid":7,"comm":"cat","exe":"cat"}}
{"num":1,"time":1700000000000000001,"tid":7,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}
{"num":2,"time":1700000000000000002,"tid":8,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":4}}
{"num":3,"time":1700000000000000003,"tid":8,"cpu":0,"type":"SYSCALL_DUP_1_X","params":{"res":5,"oldfd":4}}
`;

function ruleSet(options: LoadOptions = {}): RuleSet {
  const { ruleSet: loaded, results } = loadRules([new Source('rules.yaml', RULES)], options);
  if (loaded === undefined) throw new Error(results[0]?.errors[0]?.message);
  return loaded;
}

function detect(rules: RuleSet, options: Omit<DetectOptions, 'onAlert'> = {}) {
  const alerts: Alert[] = [];
  const detection = new Detection(rules, { ...options, onAlert: (alert) => alerts.push(alert) });
  const reader = new JsonlReader(detection);
  reader.push(new TextEncoder().encode(TRACE));
  reader.end();
  expect(reader.diagnostics).toEqual([]);
  return { alerts, report: detection.report() };
}

describe('detect', () => {
  it('lets the first rule that matches an event hide the others', () => {
    const { alerts } = detect(ruleSet());
    expect(alerts.map(({ eventNumber, rule }) => [eventNumber, rule])).toEqual([
      [1, 'closes'],
      [2, 'closes'],
    ]);
  });

  it('tells of every rule that matches, in their order, when asked to', () => {
    const { alerts } = detect(ruleSet(), { matching: 'all' });
    expect(alerts.map(({ eventNumber, rule }) => [eventNumber, rule])).toEqual([
      [1, 'closes'],
      [2, 'closes'],
      [2, 'cat closes'],
    ]);
  });

  it('runs the rules that were switched on, and no less grave ones than asked for', () => {
    const select = [{ action: 'enable', by: 'rule', pattern: '*' }] as const;
    const rules = (options: LoadOptions) => detect(ruleSet(options)).alerts.map(({ rule }) => rule);
    expect(rules({ select })).toEqual(['closes', 'closes', 'dups']);
    expect(rules({ select, priority: 'Error' })).toEqual(['cat closes']);
  });

  it('gives alerts with all that they carry', () => {
    expect(detect(ruleSet(), { hostname: 'node-1' }).alerts[0]).toMatchObject({
      rule: 'closes',
      priority: 'Informational',
      source: 'syscall',
      tags: ['a', 'b'],
      time: 1_700_000_000_000_000_001n,
      hostname: 'node-1',
      message: 'sh closed',
      output: '22:13:20.000000001: Informational sh closed',
    });
  });

  it('reports every rule, also those that did not run or never fired', () => {
    const { report } = detect(ruleSet(), { matching: 'all' });
    expect(report).toMatchObject({
      events: 3,
      alerts: 3,
      firstTime: 1_700_000_000_000_000_001n,
      lastTime: 1_700_000_000_000_000_003n,
    });
    expect(report.rules.map(({ rule, enabled, fired }) => [rule, enabled, fired])).toEqual([
      ['closes', true, 2],
      ['cat closes', true, 1],
      ['dups', false, 0],
      ['opens', true, 0],
    ]);
  });

  it('gives the same alerts when the same rules run again', () => {
    const rules = ruleSet();
    expect(detect(rules)).toEqual(detect(rules));
  });

  it('reports an empty run', () => {
    const { report } = { report: new Detection(ruleSet(), { onAlert: () => {} }).report() };
    expect(report).toMatchObject({ events: 0, alerts: 0, firstTime: undefined, lastTime: undefined });
  });
});
