import { writeExpression } from '../../../../engine/filter/print.ts';
import type { Matching } from '../../../../engine/match/naive-match.ts';
import { Source } from '../../../../engine/model/source.ts';
import { needsOrder } from '../../../../engine/plan/in-order.ts';
import { eachMatch, lacksOf, storedRulesOf } from '../../../../engine/prepared/judgement.ts';
import type { PreparedTrace } from '../../../../engine/prepared/prepared-trace.ts';
import { loadRules, type Loaded } from '../../../../engine/rules/loader.ts';
import type { Rule, RuleSet } from '../../../../engine/rules/rule-set.ts';
import { diagnosticJson } from '../../../http/diagnostic-json.ts';
import { definitionsOf } from './definitions.ts';
import { feed } from './feed.ts';
import type { HeldTrace } from './held-trace.ts';
import { mergeFindings } from './merge-findings.ts';
import type { Pace } from './pace.ts';
import type { Definition, RuleFile, Verdict } from './protocol.ts';
import { prepare } from './prepared-columns.ts';
import { MOST_MESSAGES, RuleRun, type Findings } from './rule-run.ts';

/** A shorter trace is run as fast as columns are judged. */
const LONG_BYTES = 512 * 1024;
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
  #columns: PreparedTrace | undefined;
  /** Fields that rules asked for and that the columns did not have; and how many there were when they were made. */
  readonly #lacking = new Set<string>();
  #prepared = 0;

  /** Judges a trace. Throws Stale when the pace says so; what was run until then is lost. */
  async judge(files: readonly RuleFile[], matching: Matching, trace: HeldTrace, pace: Pace): Promise<Verdict> {
    if (trace !== this.#trace) {
      this.#remembered.clear();
      this.#columns = undefined;
    }
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
      const found = this.#onColumns(fresh) ?? (await this.#onTrace(fresh, trace, pace));
      fresh.forEach((rule, place) => this.#remembered.set(keyOf(rule), found[place] as Findings));
    }
    const findings = keys.map((key) => this.#remembered.get(key) as Findings);
    this.#forget(keys);
    return { findings, count: fresh.length };
  }

  async #onTrace(rules: readonly Rule[], trace: HeldTrace, pace: Pace): Promise<readonly Findings[]> {
    const run = new RuleRun(rules, 'all', { hosts: trace.hosts });
    await feed(trace.bytes, run, pace, run.wants);
    run.end();
    return run.findings;
  }

  /** What rules find on the columns of the trace; undefined where there are none, or they lack what the rules ask. */
  #onColumns(rules: readonly Rule[]): readonly Findings[] | undefined {
    if (this.#columns === undefined) return undefined;
    const stored = storedRulesOf({ ...(this.ruleSet as RuleSet), active: rules });
    const lacks = lacksOf(stored, this.#columns);
    for (const name of lacks) this.#lacking.add(name);
    if (lacks.length > 0) return undefined;
    const found: Findings[] = rules.map(() => ({ events: [], messages: [], undecidable: undefined }));
    eachMatch(stored, this.#columns, { matching: 'all' }, (rule, event, alert) => {
      const { events, messages } = found[rule] as Findings;
      events.push(event);
      if (messages.length < MOST_MESSAGES) messages.push(alert().message);
    });
    return found;
  }

  /** True when columns of the trace would make edits faster: it is long, and none are there or they lack something. */
  get wantsColumns(): boolean {
    const trace = this.#trace;
    // Names of addresses that a story tells are not in columns; stories are short anyhow.
    if (trace === undefined || trace.hosts.size > 0 || trace.bytes.length < LONG_BYTES) return false;
    return this.#columns === undefined || this.#lacking.size > this.#prepared;
  }

  /** Makes columns of the trace. Throws Stale when something else is wanted. */
  async makeColumns(pace: Pace): Promise<void> {
    if (this.#trace === undefined || this.ruleSet === undefined) return;
    this.#columns = await prepare(this.#trace, this.ruleSet, this.#lacking, pace);
    this.#prepared = this.#lacking.size;
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
