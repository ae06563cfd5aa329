import type { Leaf } from '../compare/condition.ts';
import { ListNames } from '../explanation/check-text.ts';
import { explainCheck, type ExplainedCheck } from '../explanation/explained-check.ts';
import { outlineOf } from '../explanation/outline.ts';
import { Verdicts } from '../explanation/verdicts.ts';
import { traceWants } from '../match/trace-wants.ts';
import type { Event } from '../model/event.ts';
import { UTC } from '../output/timezone.ts';
import { planOf } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import { createSystem, type System, type SystemOptions } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';

/** Looks at the moments of a trace that one rule can match at, until it has seen enough. It takes the trace as a sink. */
export abstract class RuleSearch extends SystemSink {
  readonly wants: Uint8Array;
  /** What the rule says at the moment that is looked at. */
  protected readonly verdicts: Verdicts;
  /** Another set of verdicts on the same condition, to try things. */
  protected readonly scratch: Verdicts;
  /** The checks of the condition by their numbers. */
  protected readonly leaves: ReadonlyMap<number, Leaf>;
  readonly #system: System;
  readonly #wantedTypes: Uint8Array;
  readonly #lists: ListNames;
  /** Moments that are still looked at. */
  #left: number;

  constructor(ruleSet: RuleSet, rule: Rule, most: number, options: SystemOptions) {
    const system = createSystem(options);
    super(system, () => {});
    this.#system = system;
    this.#left = most;
    this.#wantedTypes = planOf([rule]).wantedTypes;
    this.wants = traceWants(this.#wantedTypes);
    const outline = outlineOf(rule, ruleSet.macros);
    this.verdicts = new Verdicts(outline);
    this.scratch = new Verdicts(outline);
    this.leaves = new Map(
      outline.nodes.flatMap(({ leaf, checkNumber }) => (leaf === undefined ? [] : [[checkNumber, leaf] as const])),
    );
    this.#lists = new ListNames(ruleSet.lists);
  }

  override event(event: Event): void {
    const system = this.#system;
    if (this.#left === 0 || this.#wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) {
      this.verdicts.decide(moment);
      if (this.look(moment)) this.#left--;
    }
    system.settle();
  }

  /** Takes a moment whose verdicts are decided; true when it was one of those that are searched. */
  protected abstract look(moment: Moment): boolean;

  /** Checks as they are at the moment that is looked at. */
  protected explained(numbers: readonly number[], moment: Moment): ExplainedCheck[] {
    const shown = { lists: this.#lists, timezone: UTC };
    return numbers.flatMap((number) => {
      const leaf = this.leaves.get(number);
      return leaf === undefined ? [] : [explainCheck(leaf, moment, this.verdicts.checkHolds[number] === 1, shown)];
    });
  }
}
