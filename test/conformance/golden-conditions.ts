import { Source } from '../../engine/model/source.ts';
import { planOf, type Plan } from '../../engine/plan/plan.ts';
import { loadRules, type Loaded } from '../../engine/rules/loader.ts';
import type { Rule } from '../../engine/rules/rule-set.ts';
import { linesOf, textOf, type ConformanceData } from './conformance-data.ts';

/** What Falco answered to a condition. */
export interface GoldenCondition {
  readonly id: string;
  readonly cond: string;
  /** True when in Falco the reading of one of its fields changes others. */
  readonly alone?: boolean;
  /** Codes. */
  readonly warnings?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly results?: GoldenResults;
}

/** By capture, the events on which it holds: their numbers, or of many the hash of the numbers in decimal with commas. */
export type GoldenResults = Readonly<
  Record<string, { readonly n: number; readonly nums?: readonly number[]; readonly sha256?: string }>
>;

/** All conditions, and the macros and lists they stand on. */
export interface GoldenConditions {
  readonly prelude: string;
  readonly accepted: readonly GoldenCondition[];
  readonly refused: readonly GoldenCondition[];
}

let golden: Promise<GoldenConditions> | undefined;

/** Reads them, once. */
export function goldenConditions(data: ConformanceData): Promise<GoldenConditions> {
  golden ??= readConditions(data);
  return golden;
}

/** The conditions that Falco accepts, in one plan; throws when one of them is refused. */
export interface LoadedConditions {
  readonly conditions: readonly GoldenCondition[];
  readonly rules: readonly Rule[];
  readonly plan: Plan;
}

let loaded: Promise<LoadedConditions> | undefined;

/** Loads them, once. */
export function loadedConditions(data: ConformanceData): Promise<LoadedConditions> {
  loaded ??= goldenConditions(data).then(({ prelude, accepted }) => {
    const { results, ruleSet } = loadTogether(prelude, accepted);
    if (ruleSet === undefined) throw new Error(results[0]?.errors.map(({ message }) => message).join('\n'));
    return { conditions: accepted, rules: ruleSet.active, plan: planOf(ruleSet.active) };
  });
  return loaded;
}

/** Loads conditions as one file of rules that bear their ids. */
export function loadTogether(prelude: string, conditions: readonly GoldenCondition[]): Loaded {
  const rules = conditions.map(
    ({ id, cond }) => `- {rule: "${id}", desc: d, output: o, priority: INFO, condition: ${JSON.stringify(cond)}}\n`,
  );
  return loadRules([new Source('conditions.yaml', prelude + rules.join(''))]);
}

async function readConditions(data: ConformanceData): Promise<GoldenConditions> {
  const accepted: GoldenCondition[] = [];
  const refused: GoldenCondition[] = [];
  for await (const line of linesOf(data, 'conditions/conditions.jsonl.gz')) {
    const condition = JSON.parse(line) as GoldenCondition;
    (condition.error === undefined ? accepted : refused).push(condition);
  }
  return { prelude: await textOf(data, 'conditions/prelude.yaml'), accepted, refused };
}
