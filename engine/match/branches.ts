import type { Graph, Ref } from '../plan/graph.ts';
import { FALSE, TRUE } from '../plan/graph.ts';

/** Something that is decided about a subject: a moment, or a text. */
export type Test<About> = (about: About) => boolean;

/** One test of a condition laid out flat: where to go on when it holds and when it does not. */
export interface Branch<About> {
  readonly test: Test<About>;
  yes: number;
  no: number;
}

/** Ends of a layout. */
export const HOLDS = -1;
/** The other end. */
export const FAILS = -2;

/** A condition as branches; `start` is the first, or an end when there is nothing to test. */
export interface Layout<About> {
  readonly branches: readonly Branch<About>[];
  readonly start: number;
}

/** Walks a layout. No call per level: a condition may be thousands of levels deep. */
export function walk<About>(layout: Layout<About>, about: About): boolean {
  const { branches } = layout;
  let at = layout.start;
  while (at >= 0) {
    const branch = branches[at] as Branch<About>;
    at = branch.test(about) ? branch.yes : branch.no;
  }
  return at === HOLDS;
}

/** A node that is being laid out, from its last part to its first. */
interface Open {
  readonly parts: readonly Ref[];
  remaining: number;
  /** Where the whole goes on. */
  readonly yes: number;
  readonly no: number;
  /** Entry of the part that was laid out last. */
  next: number;
}

/**
 * Lays a node out as branches. Parts are tested in the given order; `testOf` says how a node is decided as a whole, or
 * undefined where its parts are to be laid out.
 */
export function layOut<About>(
  graph: Graph,
  root: Ref,
  order: (parts: readonly Ref[]) => readonly Ref[],
  testOf: (id: number, isRoot: boolean) => Test<About> | undefined,
): Layout<About> {
  const branches: Branch<About>[] = [];
  const open: Open[] = [];
  /** Lays out what is decided at once; opens anything else and answers undefined. */
  const enter = (ref: Ref, yes: number, no: number): number | undefined => {
    if (ref === TRUE) return yes;
    if (ref === FALSE) return no;
    const [holds, fails] = (ref & 1) === 0 ? [yes, no] : [no, yes];
    const test = testOf(ref >> 1, ref === root || ref === (root ^ 1));
    if (test !== undefined) return branches.push({ test, yes: holds, no: fails }) - 1;
    const parts = order(graph.children[ref >> 1] as readonly Ref[]);
    open.push({ parts, remaining: parts.length, yes: holds, no: fails, next: holds });
    return undefined;
  };

  let entry = enter(root, HOLDS, FAILS);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (entry !== undefined) {
      top.next = entry;
      top.remaining--;
    }
    if (top.remaining === 0) {
      open.pop();
      entry = top.next;
      continue;
    }
    entry = enter(top.parts[top.remaining - 1] as Ref, top.next, top.no);
  }
  return { branches, start: entry as number };
}
