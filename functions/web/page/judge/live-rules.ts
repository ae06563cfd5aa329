import type { Matching } from '../../../../engine/match/naive-match.ts';
import { Source } from '../../../../engine/model/source.ts';
import { Rejudging } from '../../../../engine/rejudge.ts';
import { loadRules, type Loaded } from '../../../../engine/rules/loader.ts';
import type { RuleSet } from '../../../../engine/rules/rule-set.ts';
import { diagnosticJson } from '../../../http/diagnostic-json.ts';
import { definitionsOf } from './definitions.ts';
import { feed } from './feed.ts';
import type { HeldTrace } from './held-trace.ts';
import type { Pace } from './pace.ts';
import type { Definition, RuleFile, Verdict } from './protocol.ts';
import { prepare } from './prepared-columns.ts';
import { shownVerdict } from './shown-verdict.ts';

/** A shorter trace is run as fast as columns are judged. */
const LONG_BYTES = 512 * 1024;
/** Judges a trace again and again while rules are edited (`engine/rejudge.ts`), with pauses. */
export class LiveRules {
  /** The last rules that loaded. */
  ruleSet: RuleSet | undefined;
  /** What the last files define, whole or not. */
  definitions: readonly Definition[] = [];
  loaded: Loaded | undefined;
  #trace: HeldTrace | undefined;
  #rejudging = new Rejudging();
  /** How many fields the columns had lacked when they were made. */
  #prepared = 0;

  /** Judges a trace. Throws Stale when the pace says so; what was run until then is lost. */
  async judge(files: readonly RuleFile[], matching: Matching, trace: HeldTrace, pace: Pace): Promise<Verdict> {
    if (trace !== this.#trace) this.#rejudging = new Rejudging(trace.hosts);
    this.#trace = trace;
    const started = performance.now();
    const loaded = loadRules(files.map(({ name, text }) => new Source(name, text)));
    this.loaded = loaded;
    if (loaded.ruleSet !== undefined) this.ruleSet = loaded.ruleSet;
    this.definitions = definitionsOf(loaded.lastRuleSet, this.definitions);
    const loadMs = performance.now() - started;
    const judging = this.ruleSet && this.#rejudging.begin(this.ruleSet, matching);
    if (judging?.run !== undefined) await feed(trace.bytes, judging.run, pace, judging.run.wants);
    const results = loaded.results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
    return {
      ...shownVerdict(this.ruleSet, judging?.end()),
      loads: loaded.ruleSet !== undefined,
      findings: results.map(diagnosticJson),
      rulesRun: judging?.rulesJudged ?? 0,
      loadMs,
      runMs: performance.now() - started - loadMs,
    };
  }

  /** True when columns of the trace would make edits faster: it is long, and none are there or they lack something. */
  get wantsColumns(): boolean {
    const trace = this.#trace;
    // Names of addresses that a story tells are not in columns; stories are short anyhow.
    if (trace === undefined || trace.hosts.size > 0 || trace.bytes.length < LONG_BYTES) return false;
    const { prepared, lacking } = this.#rejudging;
    return prepared === undefined || lacking.size > this.#prepared;
  }

  /** Makes columns of the trace. Throws Stale when something else is wanted. */
  async makeColumns(pace: Pace): Promise<void> {
    if (this.#trace === undefined || this.ruleSet === undefined) return;
    const rejudging = this.#rejudging;
    rejudging.prepared = await prepare(this.#trace, this.ruleSet, rejudging.lacking, pace);
    this.#prepared = rejudging.lacking.size;
  }
}
