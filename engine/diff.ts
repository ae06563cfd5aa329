import { check } from './check.ts';
import { ChangeGroups } from './change/change-groups.ts';
import type { ChangeReport, Totals, WorkloadReport } from './change/change-report.ts';
import { ChangeRun, type ChangeRunOptions } from './change/change-run.ts';
import { Comparison } from './change/comparison.ts';
import { Edits } from './change/edits.ts';
import { staticDifference } from './change/static-difference.ts';
import { Variants, type LoadedRules } from './change/variants.ts';
import { verdictOf } from './change/verdict.ts';
import { versionOf } from './change/version.ts';
import type { Label, Workload } from './change/workload.ts';
import type { Source } from './model/source.ts';
import type { LoadOptions, LoadResult } from './rules/loader.ts';

/** Two rule sets read, and what is to be said of each; `change` is undefined where one does not load. */
export interface ReadChange {
  readonly change: RuleChange | undefined;
  readonly from: readonly LoadResult[];
  readonly to: readonly LoadResult[];
}

/** Loads the files of two rule sets, each in its order, to see what the step from one to the other does. */
export function readChange(from: readonly Source[], to: readonly Source[], options: LoadOptions = {}): ReadChange {
  const [old, now] = [check(from, options), check(to, options)];
  const results = { from: old.results, to: now.results };
  if (old.ruleSet === undefined || now.ruleSet === undefined) return { change: undefined, ...results };
  const loaded = (sources: readonly Source[], { collected }: typeof old, ruleSet: LoadedRules['ruleSet']) => ({
    sources,
    collected,
    ruleSet,
  });
  const change = new RuleChange(loaded(from, old, old.ruleSet), loaded(to, now, now.ruleSet), options);
  return { change, ...results };
}

/** The step from one rule set to another: run it over traces, then ask for the report. */
export class RuleChange {
  readonly #from: LoadedRules;
  readonly #to: LoadedRules;
  readonly #edits: Edits;
  readonly #variants: Variants;
  readonly #comparison: Comparison;
  readonly #groups = new ChangeGroups();
  readonly #finished: WorkloadReport[] = [];
  #current: ChangeRun | undefined = undefined;

  constructor(from: LoadedRules, to: LoadedRules, options: LoadOptions) {
    this.#from = from;
    this.#to = to;
    this.#edits = new Edits(from, to);
    this.#variants = new Variants(this.#edits, from, to, options);
    this.#comparison = new Comparison(this.#edits, this.#variants);
  }

  /** A sink for one trace or scenario: both rule sets are run over what it is told. The one before it is finished. */
  run(workload: Workload, options: ChangeRunOptions = {}): ChangeRun {
    if (this.#current !== undefined) this.#finished.push(this.#current.report());
    return (this.#current = new ChangeRun(this.#comparison, workload, this.#groups, options));
  }

  /** What the change does, by all traces so far. */
  report(): ChangeReport {
    const workloads = [...this.#finished, ...(this.#current === undefined ? [] : [this.#current.report()])];
    const groups = this.#groups.sorted();
    const totals = totalsOf(workloads, this.#groups.ungrouped);
    const { all, before, after } = this.#edits;
    const difference = staticDifference(this.#from.ruleSet, this.#to.ruleSet, all, this.#variants.dependencies);
    const version = versionOf(difference, all, before, after, groups);
    const verdict = verdictOf(totals, all.length, version.level);
    return { verdict, totals, workloads, edits: all, groups, difference, version };
  }
}

function totalsOf(workloads: readonly WorkloadReport[], ungrouped: number): Totals {
  const of = (label: Label) => workloads.filter((one) => one.label === label);
  const sum = (some: readonly WorkloadReport[], count: (one: WorkloadReport) => number) =>
    some.reduce((total, one) => total + count(one), 0);
  const [attacks, benign, unknown] = [of('attack'), of('benign'), of('unknown')];
  const isUnseen = (one: WorkloadReport) => one.alertsBefore > 0 && one.alertsAfter === 0;
  return {
    workloads: { attack: attacks.length, benign: benign.length, unknown: unknown.length },
    events: sum(workloads, ({ events }) => events),
    alertsBefore: sum(workloads, ({ alertsBefore }) => alertsBefore),
    alertsAfter: sum(workloads, ({ alertsAfter }) => alertsAfter),
    appeared: sum(workloads, ({ appeared }) => appeared),
    vanished: sum(workloads, ({ vanished }) => vanished),
    changed: sum(workloads, ({ changed }) => changed),
    attacksUnseen: attacks.filter(isUnseen).length,
    attacksSeenLess: attacks.filter((one) => !isUnseen(one) && one.lostRules.length > 0).length,
    attacksNewlySeen: attacks.filter((one) => one.alertsBefore === 0 && one.alertsAfter > 0).length,
    newNoise: sum(benign, ({ appeared }) => appeared),
    lessNoise: sum(benign, ({ vanished }) => vanished),
    unlabelled: sum(unknown, ({ appeared, vanished, changed }) => appeared + vanished + changed),
    ungrouped,
  };
}
