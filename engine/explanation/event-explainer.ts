import { Matcher } from '../match/matcher.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import type { Event } from '../model/event.ts';
import { UTC } from '../output/timezone.ts';
import { needsOrder } from '../plan/in-order.ts';
import { planOf } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import { createSystem, type System, type SystemOptions } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';
import { WANT } from '../trace/wants.ts';
import { eventFacts, type EventFacts } from './event-facts.ts';
import { MomentExplainer, type ExplainOptions, type RuleExplanation } from './explain-moment.ts';

/** What one event of a trace says of one rule or of all that can see it. */
export interface EventExplanation {
  readonly event: EventFacts;
  /** False for what no rule sees: entries that Falco keeps for itself, news of containers and users at the head of a trace. */
  readonly visible: boolean;
  /** The rule that was asked for; or those that fired, then the nearest first. */
  readonly explanations: readonly RuleExplanation[];
  /** How many rules can see events of this type; the list is cut after 200. */
  readonly ruleCount: number;
}

/** Numbers of the events that came, to tell what was asked wrongly. */
export interface SeenNumbers {
  readonly first: number;
  last: number;
  /** The last one before the number that was asked for, and the first one after it. */
  before: number | undefined;
  after: number | undefined;
}

/** Waits for one event of a trace and explains it. It takes the trace as a sink. */
export class EventExplainer extends SystemSink {
  /** Any type of event may be the one. */
  readonly wants: Uint8Array = new Uint8Array(EVENT_TYPES.length).fill(WANT.ALL);
  readonly #system: System;
  readonly #number: number;
  readonly #rule: Rule | undefined;
  readonly #options: ExplainOptions & SystemOptions;
  readonly #explainer: MomentExplainer;
  /** Runs along where some rule depends on how often it was decided. */
  readonly #matcher: Matcher | undefined;
  #explanation: EventExplanation | undefined;
  #seen: SeenNumbers | undefined;

  /**
   * @param number `evt.num` of the event
   * @param rule the one that is asked for; undefined asks for all that can see the event
   */
  constructor(ruleSet: RuleSet, number: number, rule: Rule | undefined, options: ExplainOptions & SystemOptions = {}) {
    const system = createSystem(options);
    super(system, () => {});
    this.#system = system;
    this.#number = number;
    this.#rule = rule;
    this.#options = options;
    this.#explainer = new MomentExplainer(ruleSet, options);
    const isCounting = ruleSet.active.some(({ condition }) => needsOrder(condition));
    this.#matcher = isCounting ? new Matcher(planOf(ruleSet.active), options.matching) : undefined;
  }

  /** Undefined as long as the event did not come. */
  get explanation(): EventExplanation | undefined {
    return this.#explanation;
  }

  /** Undefined when no event came. */
  get seen(): Readonly<SeenNumbers> | undefined {
    return this.#seen;
  }

  override event(event: Event): void {
    // What comes after it changes nothing any more.
    if (this.#explanation !== undefined) return;
    this.#note(event.num);
    const moment = this.#system.apply(event);
    if (event.num === this.#number) {
      this.#explanation = this.#explain(moment);
      this.wants.fill(WANT.NOTHING);
    }
    if (this.#matcher !== undefined && moment.visible) this.#matcher.match(moment);
    this.#system.settle();
  }

  #explain(moment: Moment): EventExplanation {
    const event = eventFacts(moment, this.#options.timezone ?? UTC);
    const { visible } = moment;
    if (this.#rule === undefined) return { event, visible, ...this.#explainer.explainAll(moment) };
    return { event, visible, explanations: [this.#explainer.explain(this.#rule, moment)], ruleCount: 1 };
  }

  #note(number: number): void {
    const seen = this.#seen;
    if (seen === undefined) this.#seen = { first: number, last: number, before: undefined, after: undefined };
    else seen.last = number;
    if (number < this.#number) (this.#seen as SeenNumbers).before = number;
    else if (number > this.#number) (this.#seen as SeenNumbers).after ??= number;
  }
}
