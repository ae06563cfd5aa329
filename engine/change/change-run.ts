import { Matcher } from '../match/matcher.ts';
import type { Matching } from '../match/naive-match.ts';
import { traceWants } from '../match/trace-wants.ts';
import type { Event } from '../model/event.ts';
import type { AlertOptions } from '../output/render-alert.ts';
import type { Moment } from '../state/moment.ts';
import { createSystem, type System, type SystemOptions } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';
import { AlertChanges, type Seen } from './alert-changes.ts';
import type { ChangeGroups } from './change-groups.ts';
import type { WorkloadReport } from './change-report.ts';
import { NO_PLACE, type Comparison, type RulePair } from './comparison.ts';
import { Verdicts } from './verdicts.ts';
import type { Workload } from './workload.ts';

/** How both rule sets are run over a trace. */
export interface ChangeRunOptions extends AlertOptions, SystemOptions {
  /** Falco's `rule_matching`; `first` when it is not given. */
  readonly matching?: Matching;
}

/**
 * Runs two rule sets over one trace, in one pass over one state: a matcher decides the conditions of both, and where the
 * alerts of an event differ, the cause is looked for there and then, while the moment lasts. It takes the trace as a sink.
 */
export class ChangeRun extends SystemSink {
  readonly #comparison: Comparison;
  readonly #onlyFirst: boolean;
  readonly #system: System;
  readonly #matcher: Matcher;
  readonly #verdicts: Verdicts;
  readonly #changes: AlertChanges;
  readonly #workload: Workload;
  /** For each pair of rules the event on which each side last told of it. */
  readonly #seen: Seen[];
  readonly #touched: RulePair[] = [];
  #events = 0;

  constructor(comparison: Comparison, workload: Workload, groups: ChangeGroups, options: ChangeRunOptions) {
    const system = createSystem(options);
    super(system, () => {});
    this.#comparison = comparison;
    this.#onlyFirst = options.matching !== 'all';
    this.#system = system;
    this.#workload = workload;
    this.#matcher = new Matcher(comparison.plan, 'all');
    this.#verdicts = new Verdicts(comparison.variants.conditions, comparison.planned);
    this.#changes = new AlertChanges(comparison, workload, groups, this.#verdicts, this.#onlyFirst, options);
    this.#seen = comparison.pairs.map(() => ({ before: false, after: false }));
  }

  /** How much of each event type a reader must deliver; see `WANT`. */
  get wants(): Uint8Array {
    return traceWants(this.#matcher.wantedTypes);
  }

  override event(event: Event): void {
    this.#events++;
    const system = this.#system;
    if (this.#matcher.wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) {
      const held = this.#matcher.match(moment);
      if (held.length > 0) this.#compare(moment, held);
    }
    system.settle();
  }

  /** What became of the trace so far. */
  report(): WorkloadReport {
    return { ...this.#workload, events: this.#events, ...this.#changes.counts() };
  }

  #compare(moment: Moment, held: readonly number[]): void {
    const { from, to } = this.#comparison;
    this.#verdicts.begin(held);
    if (this.#onlyFirst) {
      let before = NO_PLACE;
      let after = NO_PLACE;
      for (let i = 0; i < held.length; i++) {
        before = Math.min(before, from.first[held[i] as number] as number);
        after = Math.min(after, to.first[held[i] as number] as number);
      }
      this.#changes.first(from.byPlace[before], to.byPlace[after], moment, held);
      return;
    }
    for (const condition of held) {
      for (const pair of from.pairs[condition] as readonly RulePair[]) this.#touch(pair).before = true;
      for (const pair of to.pairs[condition] as readonly RulePair[]) this.#touch(pair).after = true;
    }
    for (const pair of this.#touched) {
      const seen = this.#seen[pair.number] as Seen;
      this.#changes.ofPair(pair, seen, moment);
      seen.before = seen.after = false;
    }
    this.#touched.length = 0;
  }

  #touch(pair: RulePair): Seen {
    const seen = this.#seen[pair.number] as Seen;
    if (!seen.before && !seen.after) this.#touched.push(pair);
    return seen;
  }
}
