import type { Condition, Leaf } from '../compare/condition.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { addCondition } from './add-condition.ts';
import { FALSE, Graph, type Ref } from './graph.ts';
import { leafInOrder, leavesOf, needsOrder } from './in-order.ts';
import { spreadMarks } from './marks.ts';
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
  /** Conditions that are decided in order, by the node that stands for each. */
  readonly #inOrder = new Map<number, Condition>();
  readonly #classes: TypeClasses;
  readonly #verdicts: EventTypeVerdicts;
  readonly #programs: (Program | undefined)[] = [];

  constructor(rules: readonly PlannedRule[]) {
    this.#rules = rules;
    const known = new Map<Condition, Ref>();
    this.#roots = rules.map(({ condition }, number) => {
      if (!needsOrder(condition)) return addCondition(this.graph, condition, known);
      const root = this.graph.leaf(leafInOrder(condition, number));
      this.#inOrder.set(root >> 1, condition);
      return root;
    });
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

  /** The leaves that a node stands for: one, all of a condition that is decided in order, none for a conjunction. */
  leavesOf(node: number): readonly Leaf[] {
    const condition = this.#inOrder.get(node);
    if (condition !== undefined) return leavesOf(condition);
    const leaf = this.graph.leaves[node];
    return leaf === undefined ? [] : [leaf];
  }

  /**
   * For each rule the marks of the nodes that its verdict on events of this code can depend on, or-ed.
   *
   * @param ofLeaf bits by node id
   */
  marksOfRules(code: number, ofLeaf: Int32Array): number[] {
    const marks = spreadMarks(this.graph, this.#verdicts.fold(code), ofLeaf);
    return this.#rules.map(({ eventCodes }, rule) => {
      return eventCodes?.has(code) === false ? 0 : (marks[(this.#roots[rule] as Ref) >> 1] as number);
    });
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
