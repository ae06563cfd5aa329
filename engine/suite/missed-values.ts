import { Changes } from '../explanation/changes.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import type { SystemOptions } from '../state/system.ts';
import { RuleSearch } from './rule-search.ts';

/** Events that missed a rule by one check and whose value is looked at. */
const MOST_LOOKED_AT = 10_000;
/** Different values that are kept. */
const MOST_KEPT = 200;
/** Of many values so many are told, from the beginning and from the end. */
const TOLD = { first: 2, last: 6 };

/** Gathers what one check read on events that missed a rule by that check alone. */
export class MissedValues extends RuleSearch {
  readonly #changes: Changes;
  readonly #check: string;
  readonly #values = new Set<string>();

  /** @param check as an explained check writes it */
  constructor(ruleSet: RuleSet, rule: Rule, check: string, options: SystemOptions) {
    super(ruleSet, rule, MOST_LOOKED_AT, options);
    this.#changes = new Changes(this.verdicts, this.scratch);
    this.#check = check;
  }

  protected override look(moment: Moment): boolean {
    const missed = this.verdicts.whole ? undefined : this.#changes.least(moment.event.type, 1);
    if (missed?.length !== 1) return false;
    const [explained] = this.explained(missed, moment);
    if (explained?.check !== this.#check || explained.value === undefined) return false;
    if (this.#values.size < MOST_KEPT) this.#values.add(explained.value);
    return true;
  }

  /** The different values, each once, in the order in which they came; empty when there is but one. */
  text(): string {
    const values = [...this.#values].map((value) => (value === '' ? 'empty' : value));
    if (values.length < 2) return '';
    const { first, last } = TOLD;
    const told = values.length > first + last ? [...values.slice(0, first), '...', ...values.slice(-last)] : values;
    return told.join(', ');
  }
}
