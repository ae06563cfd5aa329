import { Changes } from '../explanation/changes.ts';
import { ListNames } from '../explanation/check-text.ts';
import { eventFacts, type EventFacts } from '../explanation/event-facts.ts';
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

/**
 * An event on which a rule fired, and the checks that decide it: each of them alone would silence the rule if it said the
 * opposite. Where none would alone, the fewest that would together.
 */
interface DecidedEvent {
  readonly event: EventFacts;
  readonly checks: readonly ExplainedCheck[];
}

/** Finds the first event on which a rule matches, and what decides it. It takes the trace as a sink. */
export class DecidingChecks extends SystemSink {
  readonly wants: Uint8Array;
  /** Undefined as long as the rule did not match. */
  first: DecidedEvent | undefined = undefined;
  readonly #system: System;
  readonly #wantedTypes: Uint8Array;
  readonly #verdicts: Verdicts;
  readonly #scratch: Verdicts;
  readonly #lists: ListNames;

  constructor(ruleSet: RuleSet, rule: Rule, options: SystemOptions) {
    const system = createSystem(options);
    super(system, () => {});
    this.#system = system;
    this.#wantedTypes = planOf([rule]).wantedTypes;
    this.wants = traceWants(this.#wantedTypes);
    const outline = outlineOf(rule, ruleSet.macros);
    this.#verdicts = new Verdicts(outline);
    this.#scratch = new Verdicts(outline);
    this.#lists = new ListNames(ruleSet.lists);
  }

  override event(event: Event): void {
    const system = this.#system;
    if (this.first !== undefined || this.#wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) this.#look(moment);
    system.settle();
  }

  #look(moment: Moment): void {
    this.#verdicts.decide(moment);
    if (!this.#verdicts.whole) return;
    const { nodes } = this.#verdicts.outline;
    const leaves = new Map(
      nodes.flatMap(({ leaf, checkNumber }) => (leaf === undefined ? [] : [[checkNumber, leaf] as const])),
    );
    const alone = [...leaves].filter(([number, { subject }]) => subject !== 'type' && this.#decides(number));
    const numbers = alone.length > 0 ? alone.map(([number]) => number) : this.#fewest(moment.event.type);
    const checks = numbers.flatMap((number) => {
      const leaf = leaves.get(number);
      const holds = this.#verdicts.checkHolds[number] === 1;
      return leaf === undefined ? [] : [explainCheck(leaf, moment, holds, { lists: this.#lists, timezone: UTC })];
    });
    this.first = { event: eventFacts(moment, UTC), checks };
  }

  #decides(number: number): boolean {
    const scratch = this.#scratch;
    scratch.checkHolds.set(this.#verdicts.checkHolds);
    scratch.checkHolds[number] = 1 - (scratch.checkHolds[number] as number);
    scratch.settle();
    return !scratch.whole;
  }

  #fewest(code: number): readonly number[] {
    return new Changes(this.#verdicts, this.#scratch).least(code) ?? [];
  }
}
