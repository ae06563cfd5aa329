import type { Leaf } from '../compare/condition.ts';
import type { Graph, NodeSubject, Ref } from '../plan/graph.ts';
import type { Moment } from '../state/moment.ts';
import { layOut, walk, type Layout, type Test } from './branches.ts';
import { EventVerdicts } from './event-verdicts.ts';
import { TextVerdicts } from './text-verdicts.ts';
import { NO, ThreadVerdicts, UNDECIDED, YES } from './thread-verdicts.ts';

/** Where verdicts are kept, one kind for each kind of subject. */
export class VerdictMemory {
  readonly threads = new ThreadVerdicts();
  readonly texts = new TextVerdicts();
  readonly events = new EventVerdicts();
}

/** Makes tests of nodes. A node about a thread or a text remembers its verdicts, whatever program it is in. */
export class Compiler {
  readonly #graph: Graph;
  readonly #memory: VerdictMemory;
  /** Tests of nodes about one thread or text, by node id. */
  readonly #remembering: (Test<Moment> | undefined)[] = [];

  constructor(graph: Graph, memory: VerdictMemory) {
    this.#graph = graph;
    this.#memory = memory;
  }

  /** The layouts of the conditions of one program; parts that several of them have are decided once per event. */
  compile(roots: readonly Ref[]): readonly Layout<Moment>[] {
    const shared = this.#sharedNodes(roots);
    const tests = new Map<number, Test<Moment>>();
    const testOf = (id: number): Test<Moment> | undefined => {
      const simple = this.#simpleTest(id);
      if (!shared.has(id)) return simple;
      let test = tests.get(id);
      if (test === undefined) {
        const inner = simple ?? this.#laidOut(id * 2, (part) => this.#simpleTest(part));
        tests.set(id, (test = this.#memory.events.remember(inner)));
      }
      return test;
    };
    return roots.map((root) => layOut(this.#graph, root, this.#order, testOf));
  }

  /** The test of a node that is decided as a whole: a leaf, or all about one thread or text. */
  #simpleTest(id: number): Test<Moment> | undefined {
    const subject = this.#graph.subjects[id] as NodeSubject;
    if (subject === 'thread') return (this.#remembering[id] ??= this.#threadTest(id));
    if (subject.startsWith('text:')) return (this.#remembering[id] ??= this.#textTest(id));
    const leaf = this.#graph.leaves[id];
    return leaf === undefined ? undefined : (moment) => leaf.decide(moment);
  }

  #threadTest(id: number): Test<Moment> {
    const memory = this.#memory.threads;
    const column = memory.column();
    const test = this.#laidOut<Moment>(id * 2, (part) => {
      const leaf = this.#graph.leaves[part];
      return leaf && ((moment) => leaf.decide(moment));
    });
    return (moment) => {
      const at = memory.base + column;
      const known = memory.bytes[at] as number;
      if (known !== UNDECIDED) return known === YES;
      const verdict = test(moment);
      memory.bytes[at] = verdict ? YES : NO;
      return verdict;
    };
  }

  #textTest(id: number): Test<Moment> {
    const test = this.#laidOut<string>(id * 2, (part) => {
      const leaf = this.#graph.leaves[part];
      return leaf && ((text) => (leaf.decideText as Test<string>)(text));
    });
    const absent = this.#laidOut<undefined>(id * 2, (part) =>
      this.#graph.leaves[part] === undefined ? undefined : never,
    );
    const column = this.#anyLeaf(id).column as NonNullable<Leaf['column']>;
    return this.#memory.texts.remember(column, test, absent(undefined));
  }

  /** Any of the leaves of a node; those about one text all read the same column. */
  #anyLeaf(id: number): Leaf {
    let at = id;
    for (let children = this.#graph.children[at]; children !== undefined; children = this.#graph.children[at]) {
      at = (children[0] as Ref) >> 1;
    }
    return this.#graph.leaves[at] as Leaf;
  }

  #laidOut<About>(root: Ref, testOf: (id: number) => Test<About> | undefined): Test<About> {
    const layout = layOut(this.#graph, root, this.#order, testOf);
    const [only] = layout.branches;
    if (only !== undefined && layout.branches.length === 1 && only.yes > only.no) return only.test;
    return (about) => walk(layout, about);
  }

  /** Cheap parts first: what is remembered longest, then what has to be looked at anew. */
  readonly #order = (parts: readonly Ref[]): readonly Ref[] =>
    [...parts].sort((a, b) => this.#cost(a) - this.#cost(b) || a - b);

  #cost(ref: Ref): number {
    const subject = this.#graph.subjectOf(ref);
    if (subject === 'thread') return 0;
    if (subject.startsWith('text:')) return 1;
    return this.#graph.leaves[ref >> 1] === undefined ? 3 : 2;
  }

  /** Nodes about the event that more than one place of these conditions needs. */
  #sharedNodes(roots: readonly Ref[]): ReadonlySet<number> {
    const graph = this.#graph;
    const seen = new Set<number>();
    const shared = new Set<number>();
    const stack = roots.map((root) => root >> 1);
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const subject = graph.subjects[id] as NodeSubject;
      if (subject === 'thread' || subject.startsWith('text:')) continue;
      if (seen.has(id)) {
        if (id !== 0) shared.add(id);
        continue;
      }
      seen.add(id);
      for (const child of graph.children[id] ?? []) stack.push(child >> 1);
    }
    return shared;
  }
}

function never(): boolean {
  return false;
}
