import { MAX_CAUSES_SEARCHED } from '../model/limits.ts';
import { toUnicode } from '../model/byte-string.ts';
import { renderAlert, renderText, type AlertOptions } from '../output/render-alert.ts';
import type { Moment } from '../state/moment.ts';
import { findCause, type Cause, type Outcome } from './cause.ts';
import { causeKey, type ChangeGroups } from './change-groups.ts';
import type { Aspect, ChangeGroup, ShownAlert, Turn, WorkloadReport } from './change-report.ts';
import type { Comparison, RulePair } from './comparison.ts';
import { containerImage } from './container-image.ts';
import type { Variant, VariantRule } from './variants.ts';
import type { Verdicts } from './verdicts.ts';
import type { Workload } from './workload.ts';

/** Which side tells of an event by some rule. */
export interface Seen {
  before: boolean;
  after: boolean;
}

/** A rule before and after, for one event; one side may be silent. */
interface Change {
  readonly before: VariantRule | undefined;
  readonly after: VariantRule | undefined;
  readonly turn: Turn | undefined;
  /** The rules that can have to do with it. */
  readonly pairs: readonly RulePair[];
  /** The rule that tells of the event in a variant; undefined for silence. */
  outcome(variant: Variant): VariantRule | undefined;
}

/** Tells changed alerts of one trace from those that stayed, and puts each with its cause into a group. */
export class AlertChanges {
  readonly #comparison: Comparison;
  readonly #workload: Workload;
  readonly #groups: ChangeGroups;
  readonly #verdicts: Verdicts;
  readonly #onlyFirst: boolean;
  readonly #options: AlertOptions;
  readonly #counts = { alertsBefore: 0, alertsAfter: 0, appeared: 0, vanished: 0, changed: 0 };
  /** By rule: how often it told of the trace, before and after. */
  readonly #before = new Map<string, number>();
  readonly #after = new Map<string, number>();
  /** Events of a rule for which another one tells now. */
  readonly #handedOn = new Map<string, number>();
  /** Causes that were found for a kind of change, and how often one was searched for. */
  readonly #causes = new Map<string, { searched: number; readonly known: Map<string, Cause> }>();

  constructor(
    comparison: Comparison,
    workload: Workload,
    groups: ChangeGroups,
    verdicts: Verdicts,
    onlyFirst: boolean,
    options: AlertOptions,
  ) {
    this.#comparison = comparison;
    this.#workload = workload;
    this.#groups = groups;
    this.#verdicts = verdicts;
    this.#onlyFirst = onlyFirst;
    this.#options = options;
  }

  /** Takes an event under `rule_matching: first`: the rule of each side that comes first, undefined for silence. */
  first(before: RulePair | undefined, after: RulePair | undefined, moment: Moment, held: readonly number[]): void {
    this.#count(before?.from, after?.to);
    if (before === after && (before === undefined || before.isAlike)) return;
    const { from, to } = this.#comparison;
    const pairs = [...new Set(held.flatMap((condition) => [...at(from.pairs, condition), ...at(to.pairs, condition)]))];
    this.#change(moment, {
      before: before?.from,
      after: after?.to,
      turn: before === after || before === undefined || after === undefined ? undefined : turnOf(before, after, held),
      pairs: pairs.toSorted((a, b) => a.number - b.number),
      outcome: ({ active }) => active.find((one) => this.#verdicts.holds(one.condition, moment)),
    });
  }

  /** Takes what one rule says of an event under `rule_matching: all`. */
  ofPair(pair: RulePair, seen: Seen, moment: Moment): void {
    const [before, after] = [seen.before ? pair.from : undefined, seen.after ? pair.to : undefined];
    this.#count(before, after);
    if (before !== undefined && after !== undefined && pair.isAlike) return;
    const names = [pair.from, pair.to].flatMap((one) => one?.rule.name ?? []);
    this.#change(moment, {
      before,
      after,
      turn: undefined,
      pairs: [pair],
      outcome: ({ byName }) => {
        const one = names.map((name) => byName.get(name)).find((found) => found !== undefined);
        return one !== undefined && this.#verdicts.holds(one.condition, moment) ? one : undefined;
      },
    });
  }

  /** The counts of the trace so far. */
  counts(): Omit<WorkloadReport, keyof Workload | 'events'> {
    const lostRules = [...this.#before.keys()].filter(
      (rule) => !this.#after.has(rule) && this.#before.get(rule) !== this.#handedOn.get(rule),
    );
    return { ...this.#counts, lostRules };
  }

  #count(before: VariantRule | undefined, after: VariantRule | undefined): void {
    if (before !== undefined) {
      this.#counts.alertsBefore++;
      increase(this.#before, before.rule.name);
      if (after !== undefined && after.rule.name !== before.rule.name) increase(this.#handedOn, before.rule.name);
    }
    if (after === undefined) return;
    this.#counts.alertsAfter++;
    increase(this.#after, after.rule.name);
  }

  #change(moment: Moment, change: Change): void {
    const { before, after, turn } = change;
    const aspects = this.#aspects(before, after, moment);
    const isBoth = before !== undefined && after !== undefined;
    if (isBoth && aspects.length === 0) return;
    const kind = isBoth ? 'changed' : before === undefined ? 'appeared' : 'vanished';
    this.#counts[kind]++;
    const rule = (before ?? after)?.rule.name as string;
    const head: Omit<ChangeGroup, 'count' | 'examples'> = {
      kind,
      aspects,
      rule,
      ruleAfter: after === undefined || after.rule.name === rule ? undefined : after.rule.name,
      turn,
      workload: this.#workload,
      image: containerImage(moment),
      cause: this.#causeOf(change, moment),
    };
    this.#groups.add(head, () => ({
      eventNumber: moment.event.num,
      time: moment.event.time(),
      before: this.#shown(before, moment),
      after: this.#shown(after, moment),
    }));
  }

  #aspects(before: VariantRule | undefined, after: VariantRule | undefined, moment: Moment): Aspect[] {
    if (before === undefined || after === undefined) return [];
    const [a, b] = [before.rule, after.rule];
    const aspects: Aspect[] = a.name === b.name ? [] : ['rule'];
    if (a.priority !== b.priority) aspects.push('priority');
    if (a.outputText !== b.outputText && this.#message(before, moment) !== this.#message(after, moment)) {
      aspects.push('output');
    }
    return aspects;
  }

  #causeOf(change: Change, moment: Moment): Cause {
    const { variants } = this.#comparison;
    const keyOf = this.#tellsApart(change, moment);
    const outcome: Outcome = (taken) => {
      const variant = taken.length === 0 ? variants.to : variants.without(taken);
      return variant === undefined ? undefined : keyOf(change.outcome(variant));
    };
    const before = keyOf(change.before);
    const candidates = this.#comparison.candidates(change.pairs, this.#onlyFirst);
    const key = `${change.before?.rule.name}\n${change.after?.rule.name}`;
    const causes = this.#causes.get(key) ?? { searched: 0, known: new Map<string, Cause>() };
    this.#causes.set(key, causes);
    if (causes.searched >= MAX_CAUSES_SEARCHED) {
      for (const cause of causes.known.values()) {
        if (outcome(cause.edits.map(({ number }) => number)) === before) return cause;
      }
    }
    causes.searched++;
    const everything = this.#comparison.revocable;
    const cause = findCause([candidates, everything], outcome, before, keyOf(change.after));
    causes.known.set(causeKey(cause), cause);
    return cause;
  }

  /**
   * What counts of an outcome: where a rule falls silent or begins to tell, whether it tells; where it tells for another
   * one, who tells; where it says something else, what.
   */
  #tellsApart({ before, after }: Change, moment: Moment): (one: VariantRule | undefined) => string {
    if (before === undefined || after === undefined) {
      const name = (before ?? after)?.rule.name as string;
      return (one) => (one?.rule.name === name ? name : '');
    }
    if (before.rule.name !== after.rule.name) return (one) => one?.rule.name ?? '';
    return (one) => (one === undefined ? '' : this.#keyOf(one, moment));
  }

  /** A text that tells alerts of one event apart. */
  #keyOf(one: VariantRule, moment: Moment): string {
    return `${one.rule.name}\n${one.rule.priority}\n${this.#message(one, moment)}`;
  }

  #message({ rule }: VariantRule, moment: Moment): string {
    return toUnicode(renderText(rule.output, moment, this.#options.timezone));
  }

  #shown(one: VariantRule | undefined, moment: Moment): ShownAlert | undefined {
    if (one === undefined) return undefined;
    const { rule, priority, output } = renderAlert(one.rule, one.rule.output, moment, this.#options);
    return { rule, priority, output };
  }
}

function turnOf(before: RulePair, after: RulePair, held: readonly number[]): Turn {
  if (before.to !== undefined && held.includes(before.to.condition)) return 'shadowed';
  if (after.from !== undefined && held.includes(after.from.condition)) return 'uncovered';
  return 'replaced';
}

function at(lists: readonly (readonly RulePair[])[], condition: number): readonly RulePair[] {
  return lists[condition] ?? [];
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
