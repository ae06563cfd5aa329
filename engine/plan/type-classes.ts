import { EVENT_TYPES } from '../model/event-types.ts';
import type { Leaf } from '../compare/condition.ts';
import { FALSE, TRUE, type Graph, type Ref } from './graph.ts';

/** What the event code alone says of a leaf; undefined when it says nothing. */
export function verdictOfType(leaf: Leaf, code: number): boolean | undefined {
  if (leaf.eventTypes?.has(code) === false) return false;
  if (leaf.decideType === undefined || leaf.variesOn?.has(code) === true) return undefined;
  return leaf.decideType(code);
}

/** Event codes on which every leaf and every rule says the same; one of them stands for all. */
export interface TypeClasses {
  /** The class of each event code. */
  readonly classOf: readonly number[];
  /** An event code of each class. */
  readonly representatives: readonly number[];
}

/** Sorts the event codes into classes. */
export function classifyTypes(graph: Graph, eventCodes: readonly (ReadonlySet<number> | undefined)[]): TypeClasses {
  const leaves = graph.leaves.filter((leaf) => leaf !== undefined && isAboutType(leaf)) as Leaf[];
  const distinctSets = [...new Set(eventCodes)];
  const classes = new Map<string, number>();
  const representatives: number[] = [];
  const classOf = EVENT_TYPES.map(({ code }) => {
    let signature = '';
    for (const leaf of leaves) signature += mark(verdictOfType(leaf, code));
    for (const codes of distinctSets) signature += mark(codes?.has(code));
    const known = classes.get(signature);
    if (known !== undefined) return known;
    classes.set(signature, representatives.length);
    return representatives.push(code) - 1;
  });
  return { classOf, representatives };
}

/** True when the event code can say something of a leaf. */
function isAboutType(leaf: Leaf): boolean {
  return leaf.eventTypes !== undefined || leaf.decideType !== undefined;
}

function mark(verdict: boolean | undefined): string {
  return verdict === undefined ? '?' : verdict ? '1' : '0';
}

/** What the event code says of each node: 0 never holds, 1 always holds, 2 depends on more. */
export function foldType(graph: Graph, code: number): Uint8Array {
  const verdicts = new Uint8Array(graph.size);
  verdicts[TRUE >> 1] = 1;
  for (let id = 1; id < verdicts.length; id++) {
    const leaf = graph.leaves[id];
    const verdict = leaf === undefined ? undefined : verdictOfType(leaf, code);
    verdicts[id] = leaf === undefined ? conjunction(graph.children[id] as readonly Ref[], verdicts) : digit(verdict);
  }
  return verdicts;
}

/** The folded verdict of a reference: `TRUE`, `FALSE` or undefined. */
export function foldedRef(verdicts: Uint8Array, ref: Ref): Ref | undefined {
  const verdict = verdicts[ref >> 1] as number;
  if (verdict === 2) return undefined;
  return (verdict === 1) === ((ref & 1) === 0) ? TRUE : FALSE;
}

function conjunction(children: readonly Ref[], verdicts: Uint8Array): number {
  let open = false;
  for (const child of children) {
    const folded = foldedRef(verdicts, child);
    if (folded === FALSE) return 0;
    if (folded === undefined) open = true;
  }
  return open ? 2 : 1;
}

function digit(verdict: boolean | undefined): number {
  return verdict === undefined ? 2 : verdict ? 1 : 0;
}
