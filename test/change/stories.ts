import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Detection, type DetectOptions } from '../../engine/detect.ts';
import { Source } from '../../engine/model/source.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { foldersWith, LIBRARY } from '../library.ts';

/** Every story of the library that can be played, by its path; attacks and their twins. */
export function allStories(): { name: string; scenario: Scenario }[] {
  return (['scenario', 'benign'] as const).flatMap((kind) =>
    foldersWith(kind).flatMap((folder) => {
      const name = `${folder}/${kind}.yaml`;
      const { scenario } = readScenario(new Source(name, readFileSync(join(LIBRARY, name), 'utf8')));
      return scenario === undefined ? [] : [{ name, scenario }];
    }),
  );
}

/** An alert in what can change of it. */
export interface RaisedAlert {
  readonly event: number;
  readonly rule: string;
  readonly priority: string;
  readonly message: string;
}

/** The alerts of a rule set over a story, by a run of its own. */
export function alertsOf(ruleSet: RuleSet, scenario: Scenario, matching: DetectOptions['matching']): RaisedAlert[] {
  const alerts: RaisedAlert[] = [];
  const detection = new Detection(ruleSet, {
    ...(matching === undefined ? {} : { matching }),
    onAlert: ({ eventNumber: event, rule, priority, message }) => void alerts.push({ event, rule, priority, message }),
  });
  play(scenario, detection);
  return alerts;
}
