import { writeExpression } from '../../../../engine/filter/print.ts';
import type { Matching } from '../../../../engine/match/naive-match.ts';
import { Source } from '../../../../engine/model/source.ts';
import { needsOrder } from '../../../../engine/plan/in-order.ts';
import { loadRules, type Loaded } from '../../../../engine/rules/loader.ts';
import type { Rule, RuleSet } from '../../../../engine/rules/rule-set.ts';
import { diagnosticJson } from '../../../http/diagnostic-json.ts';
import { definitionsOf } from './definitions.ts';
import { feed } from './feed.ts';
import type { HeldTrace } from './held-trace.ts';
import { mergeFindings } from './merge-findings.ts';
import type { Pace } from './pace.ts';
import type { Definition, RuleFile, Verdict } from './protocol.ts';
import { RuleRun, type Findings } from './rule-run.ts';

/** Rules whose findings are remembered, those of older edits too: taking an edit back costs nothing. */
const MOST_REMEMBERED = 2_000;

/**
 * Judges a trace again and again while rules are edited. What a rule finds depends on its condition and output alone, so
 * only rules that are new in either are run; the others are remembered. Which of them tells of an event is decided after.
 */
export class LiveRules {
  /** The last rules that loaded. */
  ruleSet: RuleSet | undefined;
  /** What the last files define, whole or not. */
  definitions: readonly Definition[] = [];
  loaded: Loaded | undefined;
  readonly #remembered = new Map<string, Findings>();
  #trace: HeldTrace | undefined;

  /** Judges a trace. Throws Stale when the pace says so; what was run until then is lost. */
  async judge(files: readonly RuleFile[], matching: Matching, trace: HeldTrace, pace: Pace): Promise<Verdict> {
    if (trace !== this.#trace) this.#remembered.clear();
    this.#trace = trace;
    const started = performance.now();
    const loaded = loadRules(files.map(({ name, text }) => new Source(name, text)));
    this.loaded = loaded;
    if (loaded.ruleSet !== undefined) this.ruleSet = loaded.ruleSet;
    this.definitions = definitionsOf(loaded.lastRuleSet, this.definitions);
    const loadMs = performance.now() - started;
    const run = await this.#run(matching, trace, pace);
    const results = loaded.results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
    return {
      ...mergeFindings(this.ruleSet, run.findings, matching),
      loads: loaded.ruleSet !== undefined,
      findings: results.map(diagnosticJson),
      rulesRun: run.count,
      loadMs,
      runMs: performance.now() - started - loadMs,
    };
  }

  async #run(
    matching: Matching,
    trace: HeldTrace,
    pace: Pace,
  ): Promise<{ findings: readonly Findings[]; count: number }> {
    const active = this.ruleSet?.active ?? [];
    const { hosts } = trace;
    if (active.some(({ condition }) => needsOrder(condition))) {
      // A rule counts how often it was asked, which depends on what is asked before it.
      const run = new RuleRun(active, matching, { hosts });
      await feed(trace.bytes, run, pace, run.wants);
      run.end();
      return { findings: run.findings, count: active.length };
    }
    const keys = active.map(keyOf);
    const fresh = active.filter((_, place) => !this.#remembered.has(keys[place] as string));
    if (fresh.length > 0) {
      const run = new RuleRun(fresh, 'all', { hosts });
      await feed(trace.bytes, run, pace, run.wants);
      run.end();
      fresh.forEach((rule, place) => this.#remembered.set(keyOf(rule), run.findings[place] as Findings));
    }
    const findings = keys.map((key) => this.#remembered.get(key) as Findings);
    this.#forget(keys);
    return { findings, count: fresh.length };
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

const KEYS = new WeakMap<Rule, string>();

/** What the findings of a rule depend on. */
function keyOf(rule: Rule): string {
  let key = KEYS.get(rule);
  if (key === undefined) {
    const extra = rule.extraFields.map((field) => field.key).join();
    key = [writeExpression(rule.expression), rule.outputText, rule.source, extra].join('\0');
    KEYS.set(rule, key);
  }
  return key;
}
