import type { DetectOptions } from './detect.ts';
import { ruleTallies } from './match/rule-tallies.ts';
import { undecidableRules } from './match/undecidable.ts';
import type { Report } from './model/report.ts';
import { needsOf } from './plan/needs.ts';
import { CarriedEvidence } from './prepared/carried.ts';
import { lacksOf, storedRulesOf, type Lacks } from './prepared/judgement.ts';
import { Matches } from './prepared/matches.ts';
import type { PreparedTrace } from './prepared/prepared-trace.ts';
import type { StoredRules } from './prepared/stored-rules.ts';
import type { RuleSet } from './rules/rule-set.ts';

/** What decides whether a trace has to be run: these change what fields give. */
type Deciding = Pick<DetectOptions, 'hosts' | 'base64Buffers'>;

/** True for a run that no prepared form can stand for, whatever it holds: names of addresses and base64 are not in it. */
export function needsTrace({ hosts, base64Buffers }: Deciding): boolean {
  return (hosts !== undefined && hosts.size > 0) || base64Buffers === true;
}

/** What rules ask that a prepared trace does not hold; undefined when they can be judged on it. */
export function lacksFor(ruleSet: RuleSet, trace: PreparedTrace): Lacks | undefined {
  return lacksOf(storedRulesOf(ruleSet), trace);
}

/** Called for each alert, with the thread of the host whose event it is about, or -1. */
export type OnPreparedAlert = (alert: ReturnType<Matches['alert']>, tid: number) => void;

/**
 * Judges rules on a prepared trace that holds all that they ask: the alerts and the report are those of a `Detection` of
 * the trace itself. The matches are found when it is made.
 */
export class PreparedDetection {
  readonly #ruleSet: RuleSet;
  readonly #trace: PreparedTrace;
  readonly #stored: StoredRules;
  readonly #matches: Matches;
  /** Alerts by place of the active rule. */
  readonly #fired: number[];

  constructor(ruleSet: RuleSet, trace: PreparedTrace, options: Omit<DetectOptions, 'onAlert'>) {
    this.#ruleSet = ruleSet;
    this.#trace = trace;
    this.#stored = storedRulesOf(ruleSet);
    this.#matches = new Matches(this.#stored, trace, options);
    this.#fired = ruleSet.active.map(() => 0);
  }

  /** Tells of the next alerts, in order and at most so many; false when there are no more. */
  tell(most: number, onAlert: OnPreparedAlert): boolean {
    for (let left = most; left > 0; left--) {
      if (!this.#matches.next()) return false;
      const { rule, tid } = this.#matches;
      this.#fired[rule] = (this.#fired[rule] as number) + 1;
      onAlert(this.#matches.alert(), tid);
    }
    return true;
  }

  /** What a run would say, once all alerts were told. */
  report(): Report {
    const { events, firstTime, lastTime } = this.#trace.head;
    return {
      events,
      alerts: this.#fired.reduce((sum, count) => sum + count, 0),
      rules: ruleTallies(this.#ruleSet, this.#fired, this.#undecidable()),
      diagnostics: [],
      firstTime: firstTime === undefined ? undefined : BigInt(firstTime),
      lastTime: lastTime === undefined ? undefined : BigInt(lastTime),
    };
  }

  #undecidable(): readonly (string | undefined)[] {
    const { plan } = this.#stored;
    const { carried, head } = this.#trace;
    const needs = needsOf(plan);
    const evidence = new CarriedEvidence(carried, head.carried, needs, plan.wantedTypes);
    return undecidableRules(plan, needs, evidence, { containers: head.carried.containers, hosts: new Map() });
  }
}
