import type { Edit } from './edit.ts';
import type { Edits } from './edits.ts';
import { planOf, type Plan } from '../plan/plan.ts';
import { fromUnicode } from '../model/byte-string.ts';
import type { Variant, VariantRule, Variants } from './variants.ts';

/** A rule that is in one or both rule sets and active there. */
export interface RulePair {
  readonly number: number;
  readonly from: VariantRule | undefined;
  readonly to: VariantRule | undefined;
  /** True when an alert of one can't be told from an alert of the other. */
  readonly isAlike: boolean;
}

/** Active rules of one side by the conditions that both sides share. */
interface ByCondition {
  /** For each condition the place of the first rule that has it; `NO_PLACE` when none has. */
  readonly first: Int32Array;
  /** For each condition the pairs of all rules that have it. */
  readonly pairs: readonly (readonly RulePair[])[];
  /** By place. */
  readonly byPlace: readonly RulePair[];
}

/** A place behind all rules. */
export const NO_PLACE = 0x7fffffff;

/** Two rule sets made ready for traces: one plan decides the conditions of both, those they share once. */
export class Comparison {
  readonly edits: Edits;
  readonly variants: Variants;
  readonly plan: Plan;
  /** Conditions below this number are in the plan. */
  readonly planned: number;
  readonly pairs: readonly RulePair[];
  readonly from: ByCondition;
  readonly to: ByCondition;
  /** All edits that can be taken back. */
  readonly revocable: readonly Edit[];
  readonly #candidates = new Map<string, readonly Edit[]>();

  constructor(edits: Edits, variants: Variants) {
    this.edits = edits;
    this.revocable = edits.all.filter((edit) => edit.revocable);
    this.variants = variants;
    this.planned = variants.conditions.length;
    this.plan = planOf(variants.conditions.slice());
    this.pairs = pairsOf(variants, edits.all);
    this.from = byCondition(variants.from, this.pairs, 'from', this.planned);
    this.to = byCondition(variants.to, this.pairs, 'to', this.planned);
  }

  /** Edits that can have changed what some rules say, in their order. @param ordered whether the order of rules counts */
  candidates(pairs: readonly RulePair[], ordered: boolean): readonly Edit[] {
    const key = `${pairs.map(({ number }) => number).join()} ${ordered}`;
    let found = this.#candidates.get(key);
    if (found === undefined) {
      const names = [...new Set(pairs.flatMap(namesOf))];
      found = this.revocable.filter((edit) => {
        if (edit.kind === 'lists reordered') return true;
        if (edit.subject === 'order') return ordered;
        const reached = this.variants.dependencies.rulesBehind(edit);
        return names.some((name) => reached.has(fromUnicode(name)));
      });
      this.#candidates.set(key, found);
    }
    return found;
  }
}

function namesOf({ from, to }: RulePair): string[] {
  return [from, to].flatMap((one) => one?.rule.name ?? []);
}

function pairsOf({ from, to }: Variants, edits: readonly Edit[]): RulePair[] {
  const renamed = new Map(
    edits.flatMap(({ kind, before, after }) => (kind === 'rule renamed' ? [[before as string, after as string]] : [])),
  );
  const pairs: RulePair[] = [];
  const add = (before: VariantRule | undefined, after: VariantRule | undefined) =>
    pairs.push({ number: pairs.length, from: before, to: after, isAlike: isAlike(before, after) });
  const paired = new Set<VariantRule>();
  for (const before of from.active) {
    const after = to.byName.get(renamed.get(before.rule.name) ?? before.rule.name);
    if (after !== undefined) paired.add(after);
    add(before, after);
  }
  for (const after of to.active) if (!paired.has(after)) add(undefined, after);
  return pairs;
}

function isAlike(before: VariantRule | undefined, after: VariantRule | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const [a, b] = [before.rule, after.rule];
  return a.name === b.name && a.priority === b.priority && a.outputText === b.outputText;
}

function byCondition(
  { active }: Variant,
  pairs: readonly RulePair[],
  side: 'from' | 'to',
  conditions: number,
): ByCondition {
  const ofRule = new Map(pairs.flatMap((pair) => (pair[side] === undefined ? [] : [[pair[side], pair]])));
  const first = new Int32Array(conditions).fill(NO_PLACE);
  const lists: RulePair[][] = Array.from({ length: conditions }, () => []);
  const byPlace = active.map((one, place) => {
    const pair = ofRule.get(one) as RulePair;
    if (first[one.condition] === NO_PLACE) first[one.condition] = place;
    lists[one.condition]?.push(pair);
    return pair;
  });
  return { first, pairs: lists, byPlace };
}
