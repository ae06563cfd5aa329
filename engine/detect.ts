import { Evidence } from './match/evidence.ts';
import { Matcher } from './match/matcher.ts';
import type { Matching } from './match/naive-match.ts';
import { ruleTallies } from './match/rule-tallies.ts';
import { traceWants } from './match/trace-wants.ts';
import { undecidableRules } from './match/undecidable.ts';
import type { Alert } from './model/alert.ts';
import type { Event } from './model/event.ts';
import type { Report } from './model/report.ts';
import type { ProcessEntry } from './model/snapshot.ts';
import { renderAlert, type AlertOptions } from './output/render-alert.ts';
import { needsOf } from './plan/needs.ts';
import { planOf, type Plan } from './plan/plan.ts';
import type { Rule, RuleSet } from './rules/rule-set.ts';
import type { Moment } from './state/moment.ts';
import { createSystem, type System, type SystemOptions } from './state/system.ts';
import { SystemSink } from './state/system-sink.ts';

/** How a trace is run against rules. */
export interface DetectOptions extends AlertOptions, SystemOptions {
  /** Falco's `rule_matching`; `first` when it is not given. */
  readonly matching?: Matching;
  /** Called for each alert, in order. */
  onAlert(alert: Alert): void;
}

/** Plans of rule sets: one rule set is often run against many traces. */
const PLANS = new WeakMap<RuleSet, Plan>();

/** Runs a rule set over a trace and tells of each alert. It takes the trace as a sink. */
export class Detection extends SystemSink {
  readonly #ruleSet: RuleSet;
  readonly #options: DetectOptions;
  readonly #system: System;
  readonly #plan: Plan;
  readonly #matcher: Matcher;
  readonly #evidence: Evidence;
  /** Alerts by place of the active rule. */
  readonly #fired: number[];
  readonly #times = { first: undefined as bigint | undefined, lastLow: 0, lastHigh: 0 };
  #events = 0;

  constructor(ruleSet: RuleSet, options: DetectOptions) {
    const system = createSystem(options);
    super(system, () => {});
    this.#ruleSet = ruleSet;
    this.#options = options;
    this.#system = system;
    this.#plan = planFor(ruleSet);
    this.#matcher = new Matcher(this.#plan, options.matching);
    this.#evidence = new Evidence(needsOf(this.#plan), this.#plan.wantedTypes);
    this.#fired = ruleSet.active.map(() => 0);
  }

  /** How much of each event type a reader must deliver; see `WANT`. */
  get wants(): Uint8Array {
    return traceWants(this.#matcher.wantedTypes);
  }

  override process(entry: ProcessEntry): void {
    this.#evidence.noteProcess(entry);
    super.process(entry);
  }

  override event(event: Event): void {
    this.#events++;
    this.#times.first ??= event.time();
    this.#times.lastLow = event.timeLow;
    this.#times.lastHigh = event.timeHigh;
    const system = this.#system;
    if (this.#evidence.watched[event.type] === 1) this.#evidence.note(event);
    if (this.#matcher.wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) {
      for (const place of this.#matcher.match(moment)) this.#alert(place, moment);
    }
    system.settle();
  }

  /** What the run says so far, save for what was wrong with the trace: whoever reads it knows. */
  report(): Report {
    const { first, lastLow, lastHigh } = this.#times;
    const undecidable = undecidableRules(this.#plan, needsOf(this.#plan), this.#evidence, this.#system);
    return {
      events: this.#events,
      alerts: this.#fired.reduce((sum, count) => sum + count, 0),
      rules: ruleTallies(this.#ruleSet, this.#fired, undecidable),
      diagnostics: [],
      firstTime: first,
      lastTime: first === undefined ? undefined : (BigInt(lastHigh) << 32n) | BigInt(lastLow),
    };
  }

  #alert(place: number, moment: Moment): void {
    const rule = this.#ruleSet.active[place] as Rule;
    this.#fired[place] = (this.#fired[place] as number) + 1;
    this.#options.onAlert(renderAlert(rule, rule.output, moment, this.#options, rule.extraFields));
  }
}

function planFor(ruleSet: RuleSet): Plan {
  let plan = PLANS.get(ruleSet);
  if (plan === undefined) PLANS.set(ruleSet, (plan = planOf(ruleSet.active)));
  return plan;
}
