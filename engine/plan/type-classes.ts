import type { Leaf } from '../compare/condition.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { FALSE, TRUE, type Graph, type Ref } from './graph.ts';

/** It never holds on this event type. */
const NEVER = 0;
/** It always does. */
const ALWAYS = 1;
/** The event type does not tell. */
export const OPEN = 2;

/** Event codes on which every leaf and every rule says the same; one of them stands for all. */
export interface TypeClasses {
  /** The class of each event code. */
  readonly classOf: readonly number[];
  /** An event code of each class. */
  readonly representatives: readonly number[];
}

/** What event codes say of leaves and rules, worked out once. */
export class EventTypeVerdicts {
  readonly classes: TypeClasses;
  readonly #graph: Graph;
  /** By node id, for leaves of which some event code says something: what each code says. */
  readonly #ofLeaf: (Uint8Array | undefined)[];

  /** @param eventCodes the event codes on which each rule is tried */
  constructor(graph: Graph, eventCodes: readonly (ReadonlySet<number> | undefined)[]) {
    this.#graph = graph;
    const ofSet = new Map<ReadonlySet<number>, Uint8Array>();
    const membership = (codes: ReadonlySet<number>): Uint8Array => {
      let column = ofSet.get(codes);
      if (column === undefined) {
        column = new Uint8Array(EVENT_TYPES.length).fill(NEVER);
        for (const code of codes) column[code] = OPEN;
        ofSet.set(codes, column);
      }
      return column;
    };
    const equal = new Map<string, Uint8Array>();
    this.#ofLeaf = graph.leaves.map((leaf) => leaf && interned(columnOfLeaf(leaf, membership), equal));
    const columns = new Set(this.#ofLeaf.filter((column) => column !== undefined));
    for (const codes of eventCodes) if (codes !== undefined) columns.add(interned(membership(codes), equal));
    this.classes = classify([...columns]);
  }

  /** What the event code says of each node of the graph, as it was when this was made. */
  fold(code: number): Uint8Array {
    const verdicts = new Uint8Array(this.#ofLeaf.length);
    verdicts[TRUE >> 1] = ALWAYS;
    for (let id = 1; id < verdicts.length; id++) {
      const children = this.#graph.children[id];
      verdicts[id] = children === undefined ? (this.#ofLeaf[id]?.[code] ?? OPEN) : conjunction(children, verdicts);
    }
    return verdicts;
  }
}

/** The folded verdict of a reference: `TRUE`, `FALSE` or undefined. */
export function foldedRef(verdicts: Uint8Array, ref: Ref): Ref | undefined {
  const verdict = verdicts[ref >> 1] as number;
  if (verdict === OPEN) return undefined;
  return (verdict === ALWAYS) === ((ref & 1) === 0) ? TRUE : FALSE;
}

/** Undefined for a leaf of which no event code says anything. */
function columnOfLeaf(leaf: Leaf, membership: (codes: ReadonlySet<number>) => Uint8Array): Uint8Array | undefined {
  const { eventTypes, decideType, variesOn } = leaf;
  if (decideType === undefined) return eventTypes && membership(eventTypes);
  return columnOf((code) => {
    if (eventTypes?.has(code) === false) return NEVER;
    if (variesOn?.has(code) === true) return OPEN;
    return leaf.decideType?.(code) === true ? ALWAYS : NEVER;
  });
}

/** One of equal columns stands for all: there are few different ones, however many leaves. */
function interned<Column extends Uint8Array | undefined>(column: Column, equal: Map<string, Uint8Array>): Column {
  if (column === undefined) return column;
  const key = String.fromCharCode(...column);
  const known = equal.get(key);
  if (known === undefined) equal.set(key, column);
  return (known as Column) ?? column;
}

function classify(columns: readonly Uint8Array[]): TypeClasses {
  const known = new Map<string, number>();
  const representatives: number[] = [];
  const classOf = EVENT_TYPES.map(({ code }) => {
    let signature = '';
    for (const column of columns) signature += column[code];
    const before = known.get(signature);
    if (before !== undefined) return before;
    known.set(signature, representatives.length);
    return representatives.push(code) - 1;
  });
  return { classOf, representatives };
}

function conjunction(children: readonly Ref[], verdicts: Uint8Array): number {
  let open = false;
  for (const child of children) {
    const verdict = verdicts[child >> 1] as number;
    if (verdict === OPEN) open = true;
    else if ((verdict === ALWAYS) === ((child & 1) === 1)) return NEVER;
  }
  return open ? OPEN : ALWAYS;
}

function columnOf(verdict: (code: number) => number): Uint8Array {
  const column = new Uint8Array(EVENT_TYPES.length);
  for (let code = 0; code < column.length; code++) column[code] = verdict(code);
  return column;
}
