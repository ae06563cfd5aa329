import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../engine/check.ts';
import { Detection } from '../../engine/detect.ts';
import { Source } from '../../engine/model/source.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { Profiling } from '../../engine/profile.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { readRuleFiles } from '../../functions/cli/rule-files.ts';
import { LIBRARY } from '../library.ts';

const RULES = `
- macro: reads
  condition: (evt.type = openat and evt.is_open_read = true)
- {rule: Env, desc: d, priority: INFO, condition: reads and fd.name endswith .env, output: o}
- {rule: Shadow, desc: d, priority: INFO, condition: reads and fd.name = /etc/shadow and fd.num > 1, output: o}
- {rule: Off, desc: d, enabled: false, priority: INFO, condition: evt.type = kill, output: o}
`;
const STORY = `story: s
actors: { init: /sbin/init }
steps:
  - init opens: /etc/shadow
    repeat: 100
`;

it('counts what is decided and how often it held, by condition and by rule', () => {
  const { ruleSet } = check([new Source('r.yaml', RULES)]);
  let time = 0;
  const profiling = new Profiling(ruleSet!, () => (time += 1));
  expect(alertsOf(profiling.ruleSet, STORY)).toEqual(alertsOf(ruleSet!, STORY));
  const { rules, conditions, decided } = profiling.profile();
  const byText = new Map(conditions.map((one) => [one.condition, one]));
  expect(byText.get('fd.num > 1')).toMatchObject({ decided: 100, held: 100, rules: ['Shadow'] });
  expect(byText.get('evt.is_open_read = true')?.rules).toEqual(['Env', 'Shadow']);
  // A text is decided once, and remembered.
  expect(byText.get('fd.name = /etc/shadow')).toMatchObject({ decided: 1, held: 1 });
  expect(rules.map(({ rule }) => rule).toSorted()).toEqual(['Env', 'Shadow']);
  expect(decided).toBe(conditions.reduce((sum, one) => sum + one.decided, 0));
});

it('gives rules the time of their conditions, shared where they share them', () => {
  const { ruleSet } = check([new Source('r.yaml', RULES)]);
  let time = 0;
  // Every look takes a millisecond, so a decision seems to take none but for the clock.
  const profiling = new Profiling(ruleSet!, () => (time += time < 2_000 ? 0.001 : 1));
  alertsOf(profiling.ruleSet, STORY);
  const { rules, milliseconds } = profiling.profile();
  expect(rules.reduce((sum, one) => sum + one.milliseconds, 0)).toBeCloseTo(milliseconds);
  for (const one of rules) expect(one.ownMilliseconds).toBeLessThanOrEqual(one.milliseconds + 1e-9);
});

it.each(['intrusions/webshell-to-miner', 'workloads/ci-build'])('changes no alert of %s', (folder) => {
  const { ruleSet } = check(readRuleFiles([join(LIBRARY, 'rules')]));
  const text = readFileSync(join(LIBRARY, folder, 'scenario.yaml'), 'utf8');
  const profiling = new Profiling(ruleSet!, () => 0);
  expect(alertsOf(profiling.ruleSet, text)).toEqual(alertsOf(ruleSet!, text));
  expect(profiling.profile().decided).toBeGreaterThan(100);
});

function alertsOf(ruleSet: RuleSet, story: string): string[] {
  const alerts: string[] = [];
  const { scenario } = readScenario(new Source('story.yaml', story));
  play(scenario!, new Detection(ruleSet, { matching: 'all', onAlert: (alert) => alerts.push(alertJson(alert)) }));
  return alerts;
}
