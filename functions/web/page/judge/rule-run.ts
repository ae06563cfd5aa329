import { Evidence } from '../../../../engine/match/evidence.ts';
import { Matcher } from '../../../../engine/match/matcher.ts';
import type { Matching } from '../../../../engine/match/naive-match.ts';
import { traceWants } from '../../../../engine/match/trace-wants.ts';
import { undecidableRules } from '../../../../engine/match/undecidable.ts';
import type { Event } from '../../../../engine/model/event.ts';
import type { ProcessEntry } from '../../../../engine/model/snapshot.ts';
import { renderAlert } from '../../../../engine/output/render-alert.ts';
import { needsOf } from '../../../../engine/plan/needs.ts';
import { planOf, type Plan } from '../../../../engine/plan/plan.ts';
import type { Rule } from '../../../../engine/rules/rule-set.ts';
import { createSystem, type System, type SystemOptions } from '../../../../engine/state/system.ts';
import { SystemSink } from '../../../../engine/state/system-sink.ts';

/** Messages of one rule that are written; nobody reads more, and writing takes longer than finding. */
export const MOST_MESSAGES = 400;

/** What a rule finds in a trace, whatever the other rules do. */
export interface Findings {
  /** `evt.num` of each event on which the condition holds. */
  readonly events: number[];
  /** Of the first ones. */
  readonly messages: string[];
  undecidable: string | undefined;
}

/** Runs some rules over a trace and notes what each of them finds. */
export class RuleRun extends SystemSink {
  readonly findings: readonly Findings[];
  readonly #rules: readonly Rule[];
  readonly #system: System;
  readonly #plan: Plan;
  readonly #matcher: Matcher;
  readonly #evidence: Evidence;

  constructor(rules: readonly Rule[], matching: Matching, options: SystemOptions) {
    const system = createSystem(options);
    super(system, () => {});
    this.#rules = rules;
    this.#system = system;
    this.#plan = planOf(rules);
    this.#matcher = new Matcher(this.#plan, matching);
    this.#evidence = new Evidence(needsOf(this.#plan), this.#plan.wantedTypes);
    this.findings = rules.map(() => ({ events: [], messages: [], undecidable: undefined }));
  }

  /** How much of each event type a reader must deliver. */
  get wants(): Uint8Array {
    return traceWants(this.#matcher.wantedTypes);
  }

  override process(entry: ProcessEntry): void {
    this.#evidence.noteProcess(entry);
    super.process(entry);
  }

  override event(event: Event): void {
    const system = this.#system;
    if (this.#evidence.watched[event.type] === 1) this.#evidence.note(event);
    if (this.#matcher.wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) {
      for (const number of this.#matcher.match(moment)) {
        const { events, messages } = this.findings[number] as Findings;
        events.push(event.num);
        if (messages.length >= MOST_MESSAGES) continue;
        const rule = this.#rules[number] as Rule;
        messages.push(renderAlert(rule, rule.output, moment, {}, rule.extraFields).message);
      }
    }
    system.settle();
  }

  /** Says that the trace is at its end. */
  end(): void {
    const reasons = undecidableRules(this.#plan, needsOf(this.#plan), this.#evidence, this.#system);
    this.findings.forEach((one, place) => (one.undecidable = reasons[place]));
  }
}
