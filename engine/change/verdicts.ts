import { Matcher } from '../match/matcher.ts';
import { planOf, type PlannedRule } from '../plan/plan.ts';
import type { Moment } from '../state/moment.ts';

/**
 * Which conditions hold at a moment, of one trace: those of the plan were decided already, others are decided when they
 * are asked for.
 */
export class Verdicts {
  readonly #conditions: readonly PlannedRule[];
  readonly #planned: number;
  /** For each condition the moment at which it was last decided, and found to hold. */
  readonly #decidedAt: number[] = [];
  readonly #heldAt: number[] = [];
  readonly #matchers: (Matcher | undefined)[] = [];
  #now = 0;

  /** @param conditions all that were met, which may grow; those below `planned` are decided by the caller */
  constructor(conditions: readonly PlannedRule[], planned: number) {
    this.#conditions = conditions;
    this.#planned = planned;
  }

  /** A new moment, at which these conditions of the plan hold and no others. */
  begin(held: readonly number[]): void {
    this.#now++;
    for (let i = 0; i < held.length; i++) this.#heldAt[held[i] as number] = this.#now;
  }

  holds(condition: number, moment: Moment): boolean {
    if (condition >= this.#planned && this.#decidedAt[condition] !== this.#now) {
      this.#decidedAt[condition] = this.#now;
      if (this.#matcherOf(condition).match(moment).length > 0) this.#heldAt[condition] = this.#now;
    }
    return this.#heldAt[condition] === this.#now;
  }

  #matcherOf(condition: number): Matcher {
    return (this.#matchers[condition] ??= new Matcher(planOf([this.#conditions[condition] as PlannedRule]), 'all'));
  }
}
