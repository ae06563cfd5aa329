import type { Leaf } from '../compare/condition.ts';
import type { Graph, NodeSubject, Ref } from '../plan/graph.ts';
import type { Moment } from '../state/moment.ts';
import { layOut, walk, type Layout, type Test } from './branches.ts';
import type { VerdictMemory } from './verdict-memory.ts';

/** How a node about one text is decided. */
export interface TextTest {
  /** The text at a moment. */
  readonly column: NonNullable<Leaf['column']>;
  readonly test: Test<string>;
  /** The verdict where there is no text. */
  readonly absent: boolean;
}

/** Makes tests of nodes. A node about a thread or a text remembers its verdicts, whatever program it is in. */
export class NodeTests {
  readonly #graph: Graph;
  readonly #memory: VerdictMemory;
  /** Tests of nodes about one thread or text, by node id. */
  readonly #remembering: (Test<Moment> | undefined)[] = [];

  constructor(graph: Graph, memory: VerdictMemory) {
    this.#graph = graph;
    this.#memory = memory;
  }

  /** The test of a node that is decided as a whole: a leaf, or all about one thread or text. */
  ofNode(id: number): Test<Moment> | undefined {
    const subject = this.#graph.subjects[id] as NodeSubject;
    if (subject === 'thread') return (this.#remembering[id] ??= this.#threadTest(id));
    if (subject.startsWith('text:')) return (this.#remembering[id] ??= this.#rememberText(id));
    const leaf = this.#graph.leaves[id];
    return leaf === undefined ? undefined : (moment) => leaf.decide(moment);
  }

  /** The test of a reference about one text, which remembers nothing. */
  ofText(ref: Ref): TextTest {
    const test = this.lay<string>(ref, (id) => {
      const leaf = this.#graph.leaves[id];
      return leaf && ((text) => (leaf.decideText as Test<string>)(text));
    });
    const absent = this.lay<undefined>(ref, (id) => (this.#graph.leaves[id] === undefined ? undefined : never));
    const column = this.#anyLeaf(ref >> 1).column as TextTest['column'];
    return { column, test: testOfLayout(test), absent: walk(absent, undefined) };
  }

  /** Lays a reference out, cheap parts first: what is remembered longest, then what has to be looked at anew. */
  lay<About>(ref: Ref, testOf: (id: number) => Test<About> | undefined): Layout<About> {
    return layOut(this.#graph, ref, this.#order, testOf);
  }

  #threadTest(id: number): Test<Moment> {
    const layout = this.lay<Moment>(id * 2, (part) => {
      const leaf = this.#graph.leaves[part];
      return leaf && ((moment) => leaf.decide(moment));
    });
    return this.#memory.threads.remember(testOfLayout(layout));
  }

  #rememberText(id: number): Test<Moment> {
    return this.#memory.texts.remember(this.ofText(id * 2));
  }

  /** Any of the leaves of a node; those about one text all read the same column. */
  #anyLeaf(id: number): Leaf {
    let at = id;
    for (let children = this.#graph.children[at]; children !== undefined; children = this.#graph.children[at]) {
      at = (children[0] as Ref) >> 1;
    }
    return this.#graph.leaves[at] as Leaf;
  }

  readonly #order = (parts: readonly Ref[]): readonly Ref[] =>
    [...parts].sort((a, b) => this.#cost(a) - this.#cost(b) || a - b);

  #cost(ref: Ref): number {
    const subject = this.#graph.subjectOf(ref);
    if (subject === 'thread') return 0;
    if (subject.startsWith('text:')) return 1;
    return this.#graph.leaves[ref >> 1] === undefined ? 3 : 2;
  }
}

/** A layout as a test; one that is a single test is that test. */
export function testOfLayout<About>(layout: Layout<About>): Test<About> {
  const [only] = layout.branches;
  if (only !== undefined && layout.branches.length === 1 && only.yes > only.no) return only.test;
  return (about) => walk(layout, about);
}

function never(): boolean {
  return false;
}
