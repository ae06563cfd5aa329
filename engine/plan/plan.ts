import type { Condition } from '../compare/condition.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { addCondition } from './add-condition.ts';
import { FALSE, Graph, type Ref } from './graph.ts';
import { leafInOrder, needsOrder } from './in-order.ts';
import { specialise } from './specialise.ts';
import { EventTypeVerdicts, foldedRef, type TypeClasses } from './type-classes.ts';

/** What matching needs of a rule. */
export interface PlannedRule {
  readonly condition: Condition;
  /** Event codes on which Falco tries the rule; undefined is all. */
  readonly eventCodes: ReadonlySet<number> | undefined;
}

/** The rules that are still open on one class of event types. */
export interface Program {
  /** Numbers of the rules, in the order in which they are tried. */
  readonly rules: readonly number[];
  /** The condition of each, without what the event type decides. */
  readonly roots: readonly Ref[];
}

/** Everything that can be known about a rule set before any event: what it shares, and what each event type leaves open. */
export class Plan {
  readonly graph = new Graph();
  /** 1 for each event code on which some rule can match. */
  readonly wantedTypes: Uint8Array;
  readonly #rules: readonly PlannedRule[];
  readonly #roots: readonly Ref[];
  readonly #classes: TypeClasses;
  readonly #verdicts: EventTypeVerdicts;
  readonly #programs: (Program | undefined)[] = [];

  constructor(rules: readonly PlannedRule[]) {
    this.#rules = rules;
    const known = new Map<Condition, Ref>();
    this.#roots = rules.map(({ condition }, number) =>
      addCondition(this.graph, needsOrder(condition) ? leafInOrder(condition, number) : condition, known),
    );
    this.#verdicts = new EventTypeVerdicts(
      this.graph,
      rules.map((rule) => rule.eventCodes),
    );
    this.#classes = this.#verdicts.classes;
    const open = this.#classes.representatives.map((code) => this.#openRules(code, this.#verdicts.fold(code)).length);
    this.wantedTypes = Uint8Array.from(EVENT_TYPES, ({ code }) => (open[this.classOf(code)] === 0 ? 0 : 1));
  }

  /** Event codes of one class share a program; it is made when the class is first asked for. */
  program(code: number): Program {
    const number = this.classOf(code);
    const known = this.#programs[number];
    if (known !== undefined) return known;
    const folded = this.#verdicts.fold(code);
    const rules = this.#openRules(code, folded);
    const roots = specialise(
      this.graph,
      folded,
      rules.map((rule) => this.#roots[rule] as Ref),
    );
    const alive = rules.map((_, i) => i).filter((i) => roots[i] !== FALSE);
    const program = { rules: alive.map((i) => rules[i] as number), roots: alive.map((i) => roots[i] as Ref) };
    this.#programs[number] = program;
    return program;
  }

  /** Number of the class of an event code. */
  classOf(code: number): number {
    return this.#classes.classOf[code] as number;
  }

  #openRules(code: number, folded: Uint8Array): number[] {
    const open: number[] = [];
    this.#rules.forEach(({ eventCodes }, rule) => {
      if (eventCodes?.has(code) === false) return;
      if (foldedRef(folded, this.#roots[rule] as Ref) !== FALSE) open.push(rule);
    });
    return open;
  }
}

/** The plan of rules in the order in which they are tried. */
export function planOf(rules: readonly PlannedRule[]): Plan {
  return new Plan(rules);
}
