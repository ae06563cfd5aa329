import { Evidence } from './match/evidence.ts';
import { Matcher } from './match/matcher.ts';
import type { Matching } from './match/naive-match.ts';
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
  /** Alerts by rule number. */
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
    this.#fired = ruleSet.rules.map(() => 0);
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
      for (const number of this.#matcher.match(moment)) this.#alert(this.#ruleSet.active[number] as Rule, moment);
    }
    system.settle();
  }

  /** What the run says so far, save for what was wrong with the trace: whoever reads it knows. */
  report(): Report {
    const { first, lastLow, lastHigh } = this.#times;
    const active = new Map(this.#ruleSet.active.map((rule, place) => [rule, place]));
    const undecidable = undecidableRules(this.#plan, needsOf(this.#plan), this.#evidence, this.#system);
    return {
      events: this.#events,
      alerts: this.#fired.reduce((sum, count) => sum + count, 0),
      rules: this.#ruleSet.rules.map((rule) => {
        const place = active.get(rule);
        const reason = place === undefined ? undefined : undecidable[place];
        return {
          rule: rule.name,
          priority: rule.priority,
          enabled: place !== undefined,
          fired: this.#fired[rule.number] as number,
          ...(reason !== undefined && { undecidable: reason }),
        };
      }),
      diagnostics: [],
      firstTime: first,
      lastTime: first === undefined ? undefined : (BigInt(lastHigh) << 32n) | BigInt(lastLow),
    };
  }

  #alert(rule: Rule, moment: Moment): void {
    this.#fired[rule.number] = (this.#fired[rule.number] as number) + 1;
    this.#options.onAlert(renderAlert(rule, rule.output, moment, this.#options, rule.extraFields));
  }
}

function planFor(ruleSet: RuleSet): Plan {
  let plan = PLANS.get(ruleSet);
  if (plan === undefined) PLANS.set(ruleSet, (plan = planOf(ruleSet.active)));
  return plan;
}
