import type { Hosts } from './compare/hosts.ts';
import type { Matching } from './match/naive-match.ts';
import { undecidableRules } from './match/undecidable.ts';
import { needsOf } from './plan/needs.ts';
import { needsOrder } from './plan/in-order.ts';
import { CarriedEvidence } from './prepared/carried.ts';
import { findingsKey, mergeFindings, type Finding, type Findings } from './prepared/findings.ts';
import { lacksOf, storedRulesOf } from './prepared/judgement.ts';
import { Matches } from './prepared/matches.ts';
import type { PreparedTrace } from './prepared/prepared-trace.ts';
import { MOST_MESSAGES, RuleRun } from './prepared/rule-run.ts';
import type { Rule, RuleSet } from './rules/rule-set.ts';

/** Rules whose findings are remembered, those of older edits too: taking an edit back costs nothing. */
const MOST_REMEMBERED = 2_000;

/** What rules say of a trace. */
export interface Rejudged {
  /** Alerts in the order of a run; those of a rule beyond its first few hundred without their message. */
  readonly alerts: readonly Finding[];
  /** By place of the active rule: its alerts, and why the trace can't decide it, where it can't. */
  readonly rules: readonly { readonly fired: number; readonly undecidable: string | undefined }[];
}

/** A judgement that has begun. */
export interface Judging {
  /** Rules that are judged anew. */
  readonly rulesJudged: number;
  /** Must be given the whole trace before the end; undefined when the trace is not needed. */
  readonly run: RuleRun | undefined;
  /** What the rules say; to be called once. */
  end(): Rejudged;
}

/**
 * Judges one trace again and again while its rules are edited. What a rule finds depends on its condition and output
 * alone, so only rules that are new in either are judged; what the others find is remembered. Which of them tells of an
 * event is decided after. Rules are judged on the prepared trace where there is one that holds what they ask, else the
 * trace has to be run.
 */
export class Rejudging {
  /** Fields that rules asked for and that the prepared trace did not have. */
  readonly lacking = new Set<string>();
  /** The trace, prepared, once it is. */
  prepared: PreparedTrace | undefined = undefined;
  readonly #hosts: Hosts;
  readonly #remembered = new Map<string, Findings>();

  /** @param hosts names of addresses; where there are any, nothing is judged on a prepared trace */
  constructor(hosts: Hosts = new Map()) {
    this.#hosts = hosts;
  }

  /** Begins to judge. */
  begin(ruleSet: RuleSet, matching: Matching): Judging {
    const { active } = ruleSet;
    // A rule that counts how often it was asked depends on what is asked before it.
    if (active.some(({ condition }) => needsOrder(condition))) {
      const run = new RuleRun(active, matching, { hosts: this.#hosts });
      return { rulesJudged: active.length, run, end: () => rejudged(endOf(run), 'all') };
    }
    const keys = active.map(findingsKey);
    const fresh = active.filter((_, place) => !this.#remembered.has(keys[place] as string));
    const judged = fresh.length === 0 ? [] : this.#onPrepared(ruleSet, fresh);
    const run = judged === undefined ? new RuleRun(fresh, 'all', { hosts: this.#hosts }) : undefined;
    const end = (): Rejudged => {
      const found = run === undefined ? (judged ?? []) : endOf(run);
      fresh.forEach((rule, place) => this.#remembered.set(findingsKey(rule), found[place] as Findings));
      const findings = keys.map((key) => this.#remembered.get(key) as Findings);
      this.#forget(keys);
      return rejudged(findings, matching);
    };
    return { rulesJudged: fresh.length, run, end };
  }

  /** What rules find on the prepared trace; undefined where there is none, or it lacks what they ask. */
  #onPrepared(ruleSet: RuleSet, rules: readonly Rule[]): readonly Findings[] | undefined {
    const trace = this.prepared;
    if (trace === undefined || this.#hosts.size > 0) return undefined;
    const stored = storedRulesOf({ ...ruleSet, active: rules });
    const lacks = lacksOf(stored, trace);
    if (lacks !== undefined) {
      for (const name of lacks.fields) this.lacking.add(name);
      return undefined;
    }
    const needs = needsOf(stored.plan);
    const evidence = new CarriedEvidence(trace.carried, trace.head.carried, needs, stored.plan.wantedTypes);
    const known = { containers: trace.head.carried.containers, hosts: this.#hosts };
    const undecidable = undecidableRules(stored.plan, needs, evidence, known);
    const found = rules.map((_, place) => ({
      events: [] as number[],
      messages: [] as string[],
      undecidable: undecidable[place],
    }));
    const matches = new Matches(stored, trace, { matching: 'all' });
    while (matches.next()) {
      const { events, messages } = found[matches.rule] as (typeof found)[number];
      events.push(matches.event);
      if (messages.length < MOST_MESSAGES) messages.push(matches.alert().message);
    }
    return found;
  }

  /** Forgets the oldest when there are too many, but nothing that is in use. */
  #forget(used: readonly string[]): void {
    const kept = new Set(used);
    for (const key of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_REMEMBERED) return;
      if (!kept.has(key)) this.#remembered.delete(key);
    }
  }
}

function endOf(run: RuleRun): readonly Findings[] {
  run.end();
  return run.findings;
}

function rejudged(findings: readonly Findings[], matching: Matching): Rejudged {
  const alerts = mergeFindings(findings, matching);
  const fired = findings.map(() => 0);
  for (const { rule } of alerts) fired[rule] = (fired[rule] as number) + 1;
  return {
    alerts,
    rules: findings.map(({ undecidable }, place) => ({ fired: fired[place] as number, undecidable })),
  };
}
