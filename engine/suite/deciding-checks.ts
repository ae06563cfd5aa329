import { Changes } from '../explanation/changes.ts';
import { eventFacts, type EventFacts } from '../explanation/event-facts.ts';
import type { ExplainedCheck } from '../explanation/explained-check.ts';
import { UTC } from '../output/timezone.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import type { SystemOptions } from '../state/system.ts';
import { RuleSearch } from './rule-search.ts';

/**
 * An event on which a rule fired, and the checks that decide it: each of them alone would silence the rule if it said the
 * opposite. Where none would alone, the fewest that would together.
 */
interface DecidedEvent {
  readonly event: EventFacts;
  readonly checks: readonly ExplainedCheck[];
}

/** Events that are looked at to find the last on which a rule matches. */
const MOST_LOOKED_AT = 100;

/** Finds the first or the last event on which a rule matches, and what decides it. */
export class DecidingChecks extends RuleSearch {
  /** Undefined as long as the rule did not match. */
  found: DecidedEvent | undefined = undefined;

  constructor(ruleSet: RuleSet, rule: Rule, which: 'first' | 'last', options: SystemOptions) {
    super(ruleSet, rule, which === 'first' ? 1 : MOST_LOOKED_AT, options);
  }

  protected override look(moment: Moment): boolean {
    if (!this.verdicts.whole) return false;
    const alone = [...this.leaves].filter(([number, { subject }]) => subject !== 'type' && this.#decides(number));
    const numbers = alone.length > 0 ? alone.map(([number]) => number) : this.#fewest(moment.event.type);
    this.found = { event: eventFacts(moment, UTC), checks: this.explained(numbers, moment) };
    return true;
  }

  #decides(number: number): boolean {
    const { scratch, verdicts } = this;
    scratch.checkHolds.set(verdicts.checkHolds);
    scratch.checkHolds[number] = 1 - (scratch.checkHolds[number] as number);
    scratch.settle();
    return !scratch.whole;
  }

  #fewest(code: number): readonly number[] {
    return new Changes(this.verdicts, this.scratch).least(code) ?? [];
  }
}
