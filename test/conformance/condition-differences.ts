import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Matcher } from '../../engine/match/matcher.ts';
import { Source } from '../../engine/model/source.ts';
import { planOf, type Plan, type PlannedRule } from '../../engine/plan/plan.ts';
import { loadRules } from '../../engine/rules/loader.ts';
import { CONFORMANCE } from './data.ts';
import { replay } from './replay.ts';

/** What Falco answered to a condition. */
export interface GoldenCondition {
  readonly id: string;
  readonly cond: string;
  /** Mixes fields whose reading changes others in Falco; counted apart. */
  readonly alone?: boolean;
  readonly warnings?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly results?: Readonly<Record<string, GoldenNumbers>>;
}

/** Numbers of the matching events: all of them, or of many their hash. */
interface GoldenNumbers {
  readonly n: number;
  readonly nums?: readonly number[];
  readonly sha256?: string;
}

/** A condition that was answered otherwise. */
export interface ConditionDifference {
  readonly condition: string;
  readonly alone: boolean;
  readonly expected: string;
  readonly found: string;
}

/** All golden conditions. */
export function goldenConditions(): GoldenCondition[] {
  const lines = gunzipSync(readFileSync(join(CONFORMANCE, 'conditions/conditions.jsonl.gz'))).toString();
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GoldenCondition);
}

/** Conditions that load, as rules in one plan. */
export interface LoadedConditions {
  readonly conditions: readonly GoldenCondition[];
  readonly rules: readonly PlannedRule[];
  readonly plan: Plan;
}

/** Loads all conditions that Falco loads; throws when one of them does not. */
export function loadConditions(conditions: readonly GoldenCondition[]): LoadedConditions {
  const good = conditions.filter(({ error }) => error === undefined);
  const { results, ruleSet } = load(good);
  if (ruleSet === undefined)
    throw new Error(results.flatMap(({ errors }) => errors.map(({ message }) => message)).join());
  return {
    conditions: good,
    rules: ruleSet.active,
    plan: planOf(ruleSet.active),
  };
}

/** Differences in what is said of conditions that do not load, each loaded alone. */
export function errorDifferences(conditions: readonly GoldenCondition[]): ConditionDifference[] {
  return conditions.flatMap((golden) => {
    if (golden.error === undefined) return [];
    const [found] = load([golden]).results.flatMap(({ errors }) => errors);
    const expected = `${golden.error.code}: ${golden.error.message}`;
    return difference(golden, expected, found === undefined ? 'no error' : `${found.code}: ${found.message}`);
  });
}

/** Conditions loaded together when their warnings are compared; of many more not all would be listed. */
const BATCH = 500;

/** Differences in the codes of warnings. */
export function warningDifferences({ conditions }: LoadedConditions): ConditionDifference[] {
  const differences: ConditionDifference[] = [];
  for (let at = 0; at < conditions.length; at += BATCH) {
    const batch = conditions.slice(at, at + BATCH);
    const codes = new Map<string, string[]>();
    for (const { code, locations } of load(batch).results.flatMap(({ warnings }) => warnings)) {
      const rule = locations?.find(({ itemType }) => itemType === 'rule')?.itemName;
      if (rule !== undefined) codes.set(rule, [...(codes.get(rule) ?? []), code]);
    }
    const listed = (list: readonly string[] | undefined) => [...(list ?? [])].sort().join();
    differences.push(
      ...batch.flatMap((golden) => difference(golden, listed(golden.warnings), listed(codes.get(golden.id)))),
    );
  }
  return differences;
}

/** Differences in the events that match on one capture. */
export function matchDifferences({ conditions, plan }: LoadedConditions, capture: string): ConditionDifference[] {
  const numbers = conditions.map((): number[] => []);
  const matcher = new Matcher(plan, 'all');
  replay(capture, (moment) => {
    for (const rule of matcher.match(moment)) (numbers[rule] as number[]).push(moment.event.num);
  });
  return conditions.flatMap((golden, rule) => {
    const found = numbers[rule] as readonly number[];
    const expected = golden.results?.[capture] as GoldenNumbers;
    if (expected.nums === undefined) {
      return difference(golden, `${expected.n} ${expected.sha256}`, `${found.length} ${sha256(found.join())}`);
    }
    return difference(golden, expected.nums.join(), found.join());
  });
}

/** The captures on which conditions were answered. */
export function conditionCaptures(conditions: readonly GoldenCondition[]): string[] {
  return Object.keys(conditions.find(({ results }) => results !== undefined)?.results ?? {});
}

function load(conditions: readonly GoldenCondition[]) {
  const rules = conditions.map(
    ({ id, cond }) => `- {rule: "${id}", desc: d, output: o, priority: INFO, condition: ${JSON.stringify(cond)}}\n`,
  );
  const prelude = readFileSync(join(CONFORMANCE, 'conditions/prelude.yaml'), 'utf8');
  return loadRules([new Source('conditions.yaml', prelude + rules.join(''))]);
}

function difference(golden: GoldenCondition, expected: string, found: string): ConditionDifference[] {
  if (expected === found) return [];
  return [{ condition: golden.cond, alone: golden.alone === true, expected, found }];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
