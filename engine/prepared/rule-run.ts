import { Evidence } from '../match/evidence.ts';
import { Matcher } from '../match/matcher.ts';
import type { Matching } from '../match/naive-match.ts';
import { traceWants } from '../match/trace-wants.ts';
import { undecidableRules } from '../match/undecidable.ts';
import type { Event } from '../model/event.ts';
import type { ProcessEntry } from '../model/snapshot.ts';
import { renderAlert } from '../output/render-alert.ts';
import { needsOf } from '../plan/needs.ts';
import { planOf, type Plan } from '../plan/plan.ts';
import type { Rule } from '../rules/rule-set.ts';
import { createSystem, type System, type SystemOptions } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';
import type { Findings } from './findings.ts';

/** Messages of one rule that are written; nobody reads more, and writing takes longer than finding. */
export const MOST_MESSAGES = 400;

/** Findings while they are collected. */
interface Collected extends Findings {
  readonly events: number[];
  readonly messages: string[];
  undecidable: string | undefined;
}

/** Runs some rules over a trace and notes what each of them finds. */
export class RuleRun extends SystemSink {
  readonly findings: readonly Collected[];
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
        const { events, messages } = this.findings[number] as Collected;
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
