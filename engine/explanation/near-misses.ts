import { Matcher } from '../match/matcher.ts';
import type { Matching } from '../match/naive-match.ts';
import { traceWants } from '../match/trace-wants.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import type { Event } from '../model/event.ts';
import { MAX_CHECKS_LISTED, MAX_NEAR_MISSES_KEPT, MAX_NEAR_MISS_WORK } from '../model/limits.ts';
import { UTC, type Timezone } from '../output/timezone.ts';
import { planOf } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import { createSystem, type System, type SystemOptions } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';
import { Changes } from './changes.ts';
import { ListNames } from './check-text.ts';
import { eventFacts, type EventFacts } from './event-facts.ts';
import { explainCheck, type ExplainedChange } from './explained-check.ts';
import { MissTally } from './miss-tally.ts';
import { outlineOf } from './outline.ts';
import { Verdicts } from './verdicts.ts';

/** How near misses are searched. */
export interface NearMissOptions extends SystemOptions {
  /** Falco's `rule_matching`; `first` when it is not given. */
  readonly matching?: Matching;
  /** Zone of the times that are shown; UTC by default. */
  readonly timezone?: Timezone;
  /** Only events of this thread are looked at; all by default. */
  readonly tid?: number;
  /** How many different near misses the result has; 10 by default. */
  readonly most?: number;
  /** Parts of the condition that are looked at, all events together; then events are only counted. A billion by default. */
  readonly work?: number;
}

/** An event on which a rule did not fire though little was missing, and how many others missed it the same way. */
export interface NearMiss {
  /** The first such event. */
  readonly event: EventFacts;
  /** Events of the trace that missed by the same checks. */
  readonly count: number;
  /** How many checks would have to say the opposite. */
  readonly distance: number;
  /** Those checks, with what they read at the first event; the list is cut after 100. */
  readonly changes: readonly ExplainedChange[];
}

/** What a trace says of one rule. */
export interface NearMissReport {
  readonly rule: string;
  /** Events of each type that the rule can see, by name of the type; only types that came. */
  readonly seen: Readonly<Record<string, number>>;
  /** Names of the event types on which the condition can hold at all. */
  readonly types: readonly string[];
  /** Alerts of the rule. */
  readonly fired: number;
  /** The first events on which it fired. */
  readonly firings: readonly EventFacts[];
  /** Events on which it matched but an earlier rule took the event, under `rule_matching: first`, by that rule's name. */
  readonly shadowed: Readonly<Record<string, number>>;
  /** Events that were not looked at, because the condition is too large for so many. */
  readonly skipped: number;
  /** The nearest first. */
  readonly misses: readonly NearMiss[];
}

const MOST_FIRINGS = 5;
const DEFAULT_MOST = 10;

/**
 * Searches a trace for the near misses of one rule, in one pass and bounded memory. It takes the trace as a sink, as
 * `Detection` does. A rule that is switched off is looked at as if it ran.
 */
export class NearMisses extends SystemSink {
  /** How much of each event type a reader must deliver; see `WANT`. */
  readonly wants: Uint8Array;
  readonly #ruleSet: RuleSet;
  readonly #rule: Rule;
  readonly #options: NearMissOptions;
  readonly #system: System;
  readonly #wantedTypes: Uint8Array;
  readonly #verdicts: Verdicts;
  readonly #changes: Changes;
  readonly #tally: MissTally<Omit<NearMiss, 'count'>>;
  readonly #matcher: Matcher | undefined;
  /** Events by type that the rule could see. */
  readonly #seen = new Float64Array(EVENT_TYPES.length);
  readonly #shadowed = new Map<string, number>();
  readonly #firings: EventFacts[] = [];
  #fired = 0;
  #work = 0;
  #skipped = 0;

  /** @param rule one of `ruleSet.rules` */
  constructor(ruleSet: RuleSet, rule: Rule, options: NearMissOptions = {}) {
    const system = createSystem(options);
    super(system, () => {});
    this.#ruleSet = ruleSet;
    this.#rule = rule;
    this.#options = options;
    this.#system = system;
    this.#wantedTypes = planOf([rule]).wantedTypes;
    this.wants = traceWants(this.#wantedTypes);
    const outline = outlineOf(rule, ruleSet.macros);
    const shown = { lists: new ListNames(ruleSet.lists), timezone: options.timezone ?? UTC };
    this.#verdicts = new Verdicts(outline);
    this.#changes = new Changes(this.#verdicts, new Verdicts(outline));
    const leaves = new Map(outline.nodes.filter((node) => node.leaf !== undefined).map((n) => [n.checkNumber, n]));
    this.#tally = new MissTally(MAX_NEAR_MISSES_KEPT, (moment, checks) => {
      const alternatives = this.#changes.alternatives();
      const changes = checks.slice(0, MAX_CHECKS_LISTED).flatMap((number) => {
        const leaf = leaves.get(number)?.leaf;
        if (leaf === undefined) return [];
        const explained = explainCheck(leaf, moment, this.#verdicts.checkHolds[number] === 1, shown);
        return [{ ...explained, alternatives: alternatives.get(number) ?? 0 }];
      });
      return { event: eventFacts(moment, shown.timezone), distance: checks.length, changes };
    });
    const isHidden = (options.matching ?? 'first') === 'first' && ruleSet.active[0] !== rule;
    this.#matcher = isHidden && ruleSet.active.includes(rule) ? new Matcher(planOf(ruleSet.active)) : undefined;
  }

  override event(event: Event): void {
    const system = this.#system;
    if (this.#wantedTypes[event.type] === 0) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) this.#look(moment);
    system.settle();
  }

  /** What was found so far. */
  report(): NearMissReport {
    const types = new Set<string>();
    for (const { code, name } of EVENT_TYPES) if (this.#wantedTypes[code] === 1) types.add(name);
    // Falco tries every rule on the news that plugins send, which few rules are about.
    if (types.size > 1) types.delete('asyncevent');
    const seen: Record<string, number> = {};
    for (const { code, name } of EVENT_TYPES) {
      const count = this.#seen[code] as number;
      if (count > 0 && types.has(name)) seen[name] = (seen[name] ?? 0) + count;
    }
    const misses = this.#tally.sorted().slice(0, this.#options.most ?? DEFAULT_MOST);
    return {
      rule: this.#rule.name,
      seen,
      types: [...types],
      fired: this.#fired,
      firings: this.#firings,
      shadowed: Object.fromEntries(this.#shadowed),
      skipped: this.#skipped,
      misses: misses.map(({ count, first }) => ({ ...first, count })),
    };
  }

  #look(moment: Moment): void {
    const { type, tid } = moment.event;
    if (this.#options.tid !== undefined && this.#options.tid !== tid) return;
    this.#seen[type] = (this.#seen[type] as number) + 1;
    if (this.#work >= (this.#options.work ?? MAX_NEAR_MISS_WORK)) {
      this.#skipped++;
      return;
    }
    this.#work += this.#verdicts.outline.nodes.length;
    this.#verdicts.decide(moment);
    if (this.#verdicts.whole) return this.#noteMatch(moment);
    const checks = this.#changes.least(type, this.#tally.reach);
    if (checks !== undefined) this.#tally.add(checks, moment);
  }

  #noteMatch(moment: Moment): void {
    const [first] = this.#matcher?.match(moment) ?? [];
    const winner = first === undefined ? this.#rule : (this.#ruleSet.active[first] as Rule);
    if (winner !== this.#rule) {
      this.#shadowed.set(winner.name, (this.#shadowed.get(winner.name) ?? 0) + 1);
      return;
    }
    this.#fired++;
    if (this.#firings.length < MOST_FIRINGS) this.#firings.push(eventFacts(moment, this.#options.timezone ?? UTC));
  }
}
