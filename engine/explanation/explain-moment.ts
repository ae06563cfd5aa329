import type { Matching } from '../match/naive-match.ts';
import { MAX_CHECKS_LISTED, MAX_RULES_EXPLAINED, MAX_TRUTH_ROWS } from '../model/limits.ts';
import type { Priority } from '../model/priority.ts';
import { PRIORITIES } from '../model/priority.ts';
import { UTC, type Timezone } from '../output/timezone.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import { Changes } from './changes.ts';
import { ListNames } from './check-text.ts';
import { explainCheck, type ExplainedChange, type ExplainedCheck, type Shown } from './explained-check.ts';
import { outlineOf, type Outline } from './outline.ts';
import { truthTable, type TruthTable } from './truth-table.ts';
import { Verdicts } from './verdicts.ts';

/** How much of a rule is told. */
interface Extent {
  readonly rows: number;
  readonly checks: number;
}

/** Rules of which a truth table is made where all are explained, if their conditions hold. */
const MOST_TABLES = 20;
/** Of a rule that was asked for, of one of the nearest among many, of one of the others. */
const WHOLE: Extent = { rows: MAX_TRUTH_ROWS, checks: MAX_CHECKS_LISTED };
const PART: Extent = { rows: MAX_TRUTH_ROWS / MOST_TABLES, checks: MAX_CHECKS_LISTED };
const LINE: Extent = { rows: 0, checks: 8 };

/** What became of a rule at an event; the first that applies, in this order. */
export type Outcome =
  /** No rule sees the event. */
  | 'unseen'
  /** Falco does not try the rule on events of this type. */
  | 'other-type'
  /** The rule is switched off, in its file or by the configuration. */
  | 'switched-off'
  /** The rule is less grave than the least priority that runs. */
  | 'below-priority'
  | 'no-match'
  /** The condition holds, but an earlier rule took the event, under `rule_matching: first`. */
  | 'shadowed'
  | 'fired';

/** Why a rule fired or did not fire at an event. */
export interface RuleExplanation {
  readonly rule: Rule;
  readonly outcome: Outcome;
  /** Whether the condition holds, whatever the outcome. */
  readonly holds: boolean;
  /** Name of the earlier rule that took the event. */
  readonly shadowedBy: string | undefined;
  /** The fewest checks that would have to say the opposite for the condition to do so; undefined where none would do. */
  readonly changes: readonly ExplainedChange[] | undefined;
  /** How many those are; the list is cut after 100. Infinity where none would do. */
  readonly distance: number;
  /** Undefined where many rules are explained at once. */
  readonly table: TruthTable | undefined;
}

/** How moments are explained. */
export interface ExplainOptions {
  /** Falco's `rule_matching`; `first` when it is not given. */
  readonly matching?: Matching;
  /** The least priority with which the rules were loaded, to tell why a rule does not run. */
  readonly priority?: Priority;
  readonly timezone?: Timezone;
}

const NO_ALTERNATIVES: ReadonlyMap<number, number> = new Map();

/** What an event says of all rules. */
export interface RulesExplanation {
  /** Those that fired, then the nearest first; of the first few the truth table too. */
  readonly explanations: readonly RuleExplanation[];
  /** How many rules can see events of this type; the list is cut after 200. */
  readonly ruleCount: number;
}

/** What an explanation is made from. */
interface Judged {
  readonly rule: Rule;
  readonly outcome: Outcome;
  readonly verdicts: Verdicts;
  readonly shadowedBy: string | undefined;
  readonly changes: readonly number[] | undefined;
  readonly alternatives: ReadonlyMap<number, number>;
}

/** Explains the rules of one rule set at any moment. What it works out of a rule it keeps. */
export class MomentExplainer {
  readonly #ruleSet: RuleSet;
  readonly #options: ExplainOptions;
  readonly #shown: Shown;
  readonly #active: ReadonlySet<Rule>;
  readonly #outlines = new Map<Rule, Outline>();
  /** Verdicts at the present moment: each rule is decided once. */
  readonly #verdicts = new Map<Rule, Verdicts>();

  constructor(ruleSet: RuleSet, options: ExplainOptions = {}) {
    this.#ruleSet = ruleSet;
    this.#options = options;
    this.#shown = { lists: new ListNames(ruleSet.lists), timezone: options.timezone ?? UTC };
    this.#active = new Set(ruleSet.active);
  }

  /**
   * Explains one rule. The moment must be that of an event that took effect and is not settled, as a `SystemSink` gives
   * it to its callback.
   */
  explain(rule: Rule, moment: Moment): RuleExplanation {
    this.#verdicts.clear();
    const winner = this.#firstMatch(moment, rule);
    return this.#explained(this.#judged(rule, moment, winner), moment, WHOLE);
  }

  /** Explains all rules that can see the type of the event. */
  explainAll(moment: Moment): RulesExplanation {
    this.#verdicts.clear();
    const winner = this.#firstMatch(moment, undefined);
    const judged = this.#ruleSet.rules
      .filter((rule) => rule.eventCodes.has(moment.event.type))
      .map((rule) => this.#judged(rule, moment, winner))
      .toSorted((a, b) => rank(a) - rank(b) || distance(a) - distance(b));
    const explanations = judged
      .slice(0, MAX_RULES_EXPLAINED)
      .map((one, i) => this.#explained(one, moment, i < MOST_TABLES ? PART : LINE));
    return { explanations, ruleCount: judged.length };
  }

  #judged(rule: Rule, moment: Moment, winner: Rule | undefined): Judged {
    const verdicts = this.#decided(rule, moment);
    const search = new Changes(verdicts, new Verdicts(verdicts.outline));
    const changes = search.least(moment.event.type);
    const alternatives = changes === undefined ? NO_ALTERNATIVES : search.alternatives();
    const isHidden = verdicts.whole && this.#active.has(rule) && winner !== rule;
    const shadowedBy = isHidden ? winner?.name : undefined;
    return {
      rule,
      outcome: this.#outcome(rule, moment, verdicts.whole, shadowedBy),
      verdicts,
      shadowedBy,
      changes,
      alternatives,
    };
  }

  #explained(judged: Judged, moment: Moment, extent: Extent): RuleExplanation {
    const { rule, outcome, verdicts, shadowedBy, changes, alternatives } = judged;
    const isShown = extent.rows > 0 && (extent === WHOLE || verdicts.whole);
    const origins = { macros: this.#ruleSet.macros, exceptions: rule.exceptions };
    return {
      rule,
      outcome,
      holds: verdicts.whole,
      shadowedBy: outcome === 'shadowed' ? shadowedBy : undefined,
      changes: changes?.slice(0, extent.checks).map((number) => ({
        ...this.#check(verdicts, number, moment),
        alternatives: alternatives.get(number) ?? 0,
      })),
      distance: distance(judged),
      table: isShown ? truthTable(verdicts, moment, origins, this.#shown, extent.rows) : undefined,
    };
  }

  #outcome(rule: Rule, moment: Moment, holds: boolean, shadowedBy: string | undefined): Outcome {
    if (!moment.visible) return 'unseen';
    if (!rule.eventCodes.has(moment.event.type)) return 'other-type';
    if (!this.#active.has(rule)) {
      const most = PRIORITIES.indexOf(this.#options.priority ?? 'Debug');
      return PRIORITIES.indexOf(rule.priority) > most ? 'below-priority' : 'switched-off';
    }
    if (!holds) return 'no-match';
    return shadowedBy === undefined ? 'fired' : 'shadowed';
  }

  /** The first rule that matches, looking no further than a rule. */
  #firstMatch(moment: Moment, last: Rule | undefined): Rule | undefined {
    if (!moment.visible || this.#options.matching === 'all') return undefined;
    for (const rule of this.#ruleSet.active) {
      if (rule === last) return undefined;
      if (rule.eventCodes.has(moment.event.type) && this.#decided(rule, moment).whole) return rule;
    }
    return undefined;
  }

  #decided(rule: Rule, moment: Moment): Verdicts {
    const known = this.#verdicts.get(rule);
    if (known !== undefined) return known;
    let outline = this.#outlines.get(rule);
    if (outline === undefined) this.#outlines.set(rule, (outline = outlineOf(rule, this.#ruleSet.macros)));
    const verdicts = new Verdicts(outline);
    verdicts.decide(moment);
    this.#verdicts.set(rule, verdicts);
    return verdicts;
  }

  #check({ outline, checkHolds }: Verdicts, number: number, moment: Moment): ExplainedCheck {
    const leaf = outline.nodes.find(({ checkNumber }) => checkNumber === number)?.leaf;
    if (leaf === undefined) throw new Error(`there is no check ${number}`);
    return explainCheck(leaf, moment, checkHolds[number] === 1, this.#shown);
  }
}

const RANKS: readonly Outcome[] = [
  'fired',
  'shadowed',
  'no-match',
  'switched-off',
  'below-priority',
  'other-type',
  'unseen',
];

/** What would have fired if it ran comes right after what fired. */
function rank({ outcome, verdicts }: Judged): number {
  return verdicts.whole && outcome !== 'fired' ? 1 : RANKS.indexOf(outcome) * 2;
}

function distance({ changes }: Judged): number {
  return changes?.length ?? Infinity;
}
