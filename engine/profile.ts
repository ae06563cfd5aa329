import type { Leaf } from './compare/condition.ts';
import { LeafMapping } from './compare/leaf-mapping.ts';
import { printExpression } from './filter/print.ts';
import { toUnicode } from './model/byte-string.ts';
import { leavesOf } from './plan/in-order.ts';
import type { RuleSet } from './rules/rule-set.ts';

/** One decision in so many is timed: a clock takes longer than most decisions. */
const TIMED_EVERY = 16;
/** Which of them: the first one often takes long for other reasons. */
const TIMED = 7;
/** Looks at the clock by which it is found how long one takes. */
const CALIBRATIONS = 1_000;

/** What checking one condition took. Conditions that are the same in several rules are one. */
export interface ProfiledCondition {
  /** As it is written. */
  readonly condition: string;
  /** How often it was decided: what was remembered was not decided again. */
  readonly decided: number;
  /** How often it held. */
  readonly held: number;
  readonly milliseconds: number;
  /** Names of the rules that ask it. */
  readonly rules: readonly string[];
}

/** What one rule took. */
export interface ProfiledRule {
  readonly rule: string;
  /** Its share: of a condition that n rules ask, an n-th. Those of all rules are the time of all conditions. */
  readonly milliseconds: number;
  /** The part of conditions that no other rule asks: about what a run without the rule would save. */
  readonly ownMilliseconds: number;
  /** Decisions of all conditions that it asks, those of other rules included. */
  readonly decided: number;
}

/** Where the time of deciding rules went, the most first. */
export interface RuleProfile {
  readonly milliseconds: number;
  readonly decided: number;
  readonly rules: readonly ProfiledRule[];
  readonly conditions: readonly ProfiledCondition[];
}

/** Decisions of one condition, counted. */
class Tally {
  decided = 0;
  held = 0;
  timed = 0;
  readonly rules = new Set<string>();
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Counts and times what is decided in a run of rules: to be run with `ruleSet` in place of the rules themselves. */
export class Profiling {
  /** The rules, their conditions counted; they decide as before. */
  readonly ruleSet: RuleSet;
  readonly #now: () => number;
  readonly #clockTakes: number;
  readonly #tallies = new Map<string, Tally>();

  /** @param now milliseconds, as fine as there are */
  constructor(ruleSet: RuleSet, now: () => number) {
    this.#now = now;
    this.#clockTakes = clockTakes(now);
    const counted = new LeafMapping((leaf) => this.#counted(leaf));
    const active = ruleSet.active.map((rule) => {
      for (const leaf of leavesOf(rule.condition)) this.#tallyOf(leaf).rules.add(rule.name);
      return { ...rule, condition: counted.of(rule.condition) };
    });
    const byNumber = new Map(active.map((rule) => [rule.number, rule]));
    this.ruleSet = { ...ruleSet, active, rules: ruleSet.rules.map((rule) => byNumber.get(rule.number) ?? rule) };
  }

  /** What was counted so far. */
  profile(): RuleProfile {
    const conditions = [...this.#tallies.values()].map((tally): ProfiledCondition => {
      const { text: condition, decided, held, rules } = tally;
      return { condition, decided, held, milliseconds: this.#milliseconds(tally), rules: [...rules] };
    });
    const byRule = new Map<string, { milliseconds: number; ownMilliseconds: number; decided: number }>();
    for (const { name } of this.ruleSet.active) byRule.set(name, { milliseconds: 0, ownMilliseconds: 0, decided: 0 });
    for (const { rules, milliseconds, decided } of conditions) {
      for (const rule of rules) {
        const sum = byRule.get(rule);
        if (sum === undefined) continue;
        sum.milliseconds += milliseconds / rules.length;
        if (rules.length === 1) sum.ownMilliseconds += milliseconds;
        sum.decided += decided;
      }
    }
    return {
      milliseconds: conditions.reduce((sum, one) => sum + one.milliseconds, 0),
      decided: conditions.reduce((sum, one) => sum + one.decided, 0),
      rules: [...byRule].map(([rule, sum]) => ({ rule, ...sum })).sort(mostFirst),
      conditions: conditions.sort(mostFirst),
    };
  }

  #counted(leaf: Leaf): Leaf {
    const tally = this.#tallyOf(leaf);
    const { decideText, decideValue } = leaf;
    return {
      ...leaf,
      decide: this.#counting(tally, (moment) => leaf.decide(moment)),
      ...(decideText && { decideText: this.#counting(tally, decideText.bind(leaf)) }),
      ...(decideValue && { decideValue: this.#counting(tally, decideValue.bind(leaf)) }),
    };
  }

  #counting<About>(tally: Tally, decide: (about: About) => boolean): (about: About) => boolean {
    const now = this.#now;
    return (about) => {
      const isTimed = tally.decided++ % TIMED_EVERY === TIMED;
      const before = isTimed ? now() : 0;
      const holds = decide(about);
      if (isTimed) tally.timed += now() - before;
      if (holds) tally.held++;
      return holds;
    };
  }

  /** What all decisions took, by those that were timed. */
  #milliseconds({ decided, timed }: Tally): number {
    const count = Math.floor((decided + TIMED_EVERY - 1 - TIMED) / TIMED_EVERY);
    return count === 0 ? 0 : (Math.max(0, timed - count * this.#clockTakes) / count) * decided;
  }

  #tallyOf({ key, check }: Leaf): Tally {
    let tally = this.#tallies.get(key);
    if (tally === undefined) this.#tallies.set(key, (tally = new Tally(toUnicode(printExpression(check)))));
    return tally;
  }
}

function mostFirst(a: ProfiledRule | ProfiledCondition, b: ProfiledRule | ProfiledCondition): number {
  return b.milliseconds - a.milliseconds || b.decided - a.decided;
}

/** How long it takes to look at the clock twice. */
function clockTakes(now: () => number): number {
  const began = now();
  for (let i = 0; i < CALIBRATIONS; i++) now();
  return (now() - began) / CALIBRATIONS;
}
