import type { Matching } from '../../../../engine/match/naive-match.ts';
import { diagnosticJson } from '../../../http/diagnostic-json.ts';
import { feed } from './feed.ts';
import { holdTrace, type HeldTrace } from './held-trace.ts';
import { LiveRules } from './live-rules.ts';
import type { Pace } from './pace.ts';
import type { Definition, RuleFile, TraceChoice, TraceColumns, Verdict } from './protocol.ts';
import type { Filtered } from './questions.ts';
import { Survey } from './survey.ts';

/** What the worker has before it: one trace and one set of rules, and the answers to questions about them. */
export class Desk {
  readonly #rules = new LiveRules();
  #trace: HeldTrace | undefined;
  #arguments: readonly string[] = [];
  #numbers = new Uint32Array(0);

  /** Opens a trace and gives what is shown of it. The one before it is put away. */
  async open(choice: TraceChoice, pace: Pace): Promise<TraceColumns> {
    const started = performance.now();
    const trace = await holdTrace(choice);
    const survey = new Survey({ hosts: trace.hosts });
    const diagnostics = trace.bytes.length === 0 && trace.isScenario ? [] : await feed(trace.bytes, survey, pace);
    this.#trace = trace;
    this.#arguments = survey.args;
    this.#numbers = survey.numbers.values;
    return {
      name: trace.name,
      numbers: survey.numbers.values,
      times: survey.times.values,
      types: survey.types.values,
      owners: survey.owners.values,
      typeNames: survey.typeNames,
      typeKinds: survey.typeKinds,
      processes: survey.processes.list,
      startedAt: survey.startedAt,
      cases: trace.cases,
      case: trace.case,
      diagnostics: [...trace.findings, ...diagnostics.map(diagnosticJson)],
      readMs: performance.now() - started,
      isScenario: trace.isScenario,
    };
  }

  /** Judges the trace by these rules. */
  async judge(files: readonly RuleFile[], matching: Matching, pace: Pace): Promise<Verdict> {
    const verdict = await this.#rules.judge(files, matching, this.#held(), pace);
    return { ...verdict, events: this.#numbers.length };
  }

  /** Work for when nothing is asked: columns of a long trace, on which edits are judged at once. */
  async idle(pace: Pace): Promise<void> {
    if (this.#rules.wantsColumns) await this.#rules.makeColumns(pace);
  }

  /** What the rules that were judged last define. */
  define(): readonly Definition[] {
    return this.#rules.definitions;
  }

  /** Explains an event, or what of the trace came near a rule; as JSON. */
  async explain(question: { readonly event?: number; readonly rule?: string }, pace: Pace): Promise<string> {
    const { ruleSet } = this.#rules;
    if (ruleSet === undefined) throw new Error('no rules were loaded yet');
    const { explained } = await import('./questions.ts');
    return explained(ruleSet, this.#held(), question, pace);
  }

  /** Values of fields at an event. */
  async values(event: number, pace: Pace): Promise<readonly (readonly [field: string, text: string])[]> {
    const { valuesAt } = await import('./questions.ts');
    return valuesAt(event, this.#held(), pace);
  }

  /** Places of the events that match a condition. */
  async filter(
    condition: string,
    pace: Pace,
  ): Promise<{ readonly places: Uint32Array | undefined; readonly findings: Filtered['findings'] }> {
    const { filtered } = await import('./questions.ts');
    const { events, findings } = await filtered(condition, this.#held(), pace);
    return { places: events && Uint32Array.from(events, (event) => this.#place(event)), findings };
  }

  /** Arguments of events by their places. */
  rows(places: readonly number[]): readonly string[] {
    return places.map((place) => this.#arguments[place] ?? '');
  }

  #held(): HeldTrace {
    if (this.#trace === undefined) throw new Error('no trace is open');
    return this.#trace;
  }

  /** Numbers of events grow, so a place is found by halves. */
  #place(event: number): number {
    let low = 0;
    let high = this.#numbers.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbers[middle] as number) < event) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
