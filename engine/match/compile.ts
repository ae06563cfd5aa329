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
    const { shared, leaves } = this.#needed(roots);
    const sharedReads = this.#sharedReads(leaves);
    const simple = (id: number): Test<Moment> | undefined => sharedReads.get(id) ?? this.#simpleTest(id);
    const tests = new Map<number, Test<Moment>>();
    const testOf = (id: number): Test<Moment> | undefined => {
      if (!shared.has(id)) return simple(id);
      let test = tests.get(id);
      if (test === undefined) {
        const inner = simple(id) ?? this.#laidOut(id * 2, simple);
        tests.set(id, (test = this.#memory.events.remember(inner)));
      }
      return test;
    };
    return roots.map((root) => layOut(this.#graph, root, this.#order, testOf));
  }

  /** Tests of leaves about the event whose field several of them look at: it is read once for all. */
  #sharedReads(leaves: readonly number[]): ReadonlyMap<number, Test<Moment>> {
    const byField = new Map<string, number[]>();
    for (const id of leaves) {
      const { field, decideValue } = this.#graph.leaves[id] as Leaf;
      if (decideValue === undefined || field.changesWhenRead === true) continue;
      const others = byField.get(field.name);
      if (others === undefined) byField.set(field.name, [id]);
      else others.push(id);
    }
    const tests = new Map<number, Test<Moment>>();
    for (const ids of byField.values()) {
      if (ids.length < 2) continue;
      const read = this.#memory.events.read((this.#graph.leaves[ids[0] as number] as Leaf).field);
      for (const id of ids) {
        const leaf = this.#graph.leaves[id] as Leaf;
        tests.set(id, (moment) => (leaf.decideValue as NonNullable<Leaf['decideValue']>)(read(moment)));
      }
    }
    return tests;
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

  /** What these conditions need about the event: nodes that more than one place needs, and all leaves. */
  #needed(roots: readonly Ref[]): { shared: ReadonlySet<number>; leaves: readonly number[] } {
    const graph = this.#graph;
    const seen = new Set<number>();
    const shared = new Set<number>();
    const leaves: number[] = [];
    const stack = roots.map((root) => root >> 1);
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const subject = graph.subjects[id] as NodeSubject;
      if (subject === 'thread' || subject.startsWith('text:')) continue;
      if (seen.has(id)) {
        if (id !== 0) shared.add(id);
        continue;
      }
      seen.add(id);
      if (graph.leaves[id] !== undefined) leaves.push(id);
      for (const child of graph.children[id] ?? []) stack.push(child >> 1);
    }
    return { shared, leaves };
  }
}

function never(): boolean {
  return false;
}
