import { layOut } from '../match/branches.ts';
import { testOfLayout } from '../match/node-tests.ts';
import type { Test } from '../match/branches.ts';
import type { Leaf } from '../compare/condition.ts';
import type { Graph, Ref } from '../plan/graph.ts';
import type { Moment } from '../state/moment.ts';
import type { Numbers } from './number-column.ts';
import type { Row } from './row.ts';
import type { StoredRules } from './stored-rules.ts';

const BITS = 32;

/** What the rules of a program need of one stored thing, and what is known of each of its entries. */
interface Mesh {
  readonly place: number;
  /** By rule of the program, what it needs of this; undefined for nothing. */
  readonly tests: readonly (Test<Moment> | undefined)[];
  /** By word of 32 rules: those that need something of this. */
  readonly asked: readonly number[];
  /** By word, by entry: which rules were decided, and which of them hold. */
  readonly known: readonly Int32Array[];
  readonly holds: readonly Int32Array[];
}

/**
 * Finds the rules that match on rows of one event type. Each rule needs several things at once: what it needs of one
 * stored thing is decided once for each different entry of that, and the rules that are left are looked at one by one
 * for what they need of several things together.
 */
export class Sieve {
  readonly #words: number;
  readonly #rules: readonly number[];
  /** By rule of the program: what it needs of several things together; undefined for nothing. */
  readonly #rests: readonly (Test<Moment> | undefined)[];
  /** By word: rules that are open on every row. */
  readonly #all: number[];
  readonly #meshes: readonly Mesh[];
  readonly #numbers: readonly Numbers[];

  /** The row must have entered the table of the events' type. */
  constructor({ plan, placesOf }: StoredRules, code: number, row: Row) {
    const { rules, roots } = plan.program(code);
    this.#rules = rules;
    this.#words = Math.ceil(roots.length / BITS);
    this.#all = Array.from({ length: this.#words }, (_, word) => {
      const count = Math.min(BITS, roots.length - word * BITS);
      return count === BITS ? -1 : (1 << count) - 1;
    });
    const needs = needsOf(plan.graph, roots, placesOf);
    const meshes: { readonly mesh: Mesh; readonly numbers: Numbers }[] = [];
    for (const [place, tests] of needs.byPlace) {
      const numbers = row.numbersAt(place);
      const mesh = meshOf(place, tests, this.#words, numbers === undefined ? 1 : row.entriesAt(place));
      if (numbers === undefined) this.#settle(mesh, row);
      else meshes.push({ mesh, numbers });
    }
    this.#rests = needs.rests;
    // What has few entries is soon known; of what has many, only what little is asked is decided.
    const sorted = meshes.toSorted((a, b) => row.entriesAt(a.mesh.place) - row.entriesAt(b.mesh.place));
    this.#meshes = sorted.map(({ mesh }) => mesh);
    this.#numbers = sorted.map(({ numbers }) => numbers);
  }

  /** Adds the numbers of the rules that match on the row at an index, in order; only the first one when no more are wanted. */
  match(row: Row, index: number, matched: number[], onlyFirst: boolean): void {
    for (let word = 0; word < this.#words; word++) {
      for (let open = this.#open(word, row, index); open !== 0; open &= open - 1) {
        const rule = word * BITS + 31 - Math.clz32(open & -open);
        const rest = this.#rests[rule];
        if (rest !== undefined) {
          row.turnTo(index);
          if (!rest(row)) continue;
        }
        matched.push(this.#rules[rule] as number);
        if (onlyFirst) return;
      }
    }
  }

  /** Decides once what rules need of a thing that no event of the type has. */
  #settle(mesh: Mesh, row: Row): void {
    for (let word = 0; word < this.#words; word++) {
      const asked = mesh.asked[word] as number;
      if (asked === 0) continue;
      decide(mesh, word, 0, asked, row, 0);
      this.#all[word] = (this.#all[word] as number) & (~asked | ((mesh.holds[word] as Int32Array)[0] as number));
    }
  }

  /** The rules of a word that have what they need of each thing by itself. */
  #open(word: number, row: Row, index: number): number {
    let open = this.#all[word] as number;
    for (let i = 0; i < this.#meshes.length && open !== 0; i++) {
      const mesh = this.#meshes[i] as Mesh;
      const asked = open & (mesh.asked[word] as number);
      if (asked === 0) continue;
      const entry = (this.#numbers[i] as Numbers)[index] as number;
      const unknown = asked & ~((mesh.known[word] as Int32Array)[entry] as number);
      if (unknown !== 0) decide(mesh, word, entry, unknown, row, index);
      open &= ~asked | ((mesh.holds[word] as Int32Array)[entry] as number);
    }
    return open;
  }
}

function decide(
  { tests, known, holds }: Mesh,
  word: number,
  entry: number,
  bits: number,
  row: Row,
  index: number,
): void {
  row.turnTo(index);
  let holding = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    const bit = 31 - Math.clz32(rest & -rest);
    if ((tests[word * BITS + bit] as Test<Moment>)(row)) holding |= 1 << bit;
  }
  const [knownWord, holdsWord] = [known[word] as Int32Array, holds[word] as Int32Array];
  knownWord[entry] = (knownWord[entry] as number) | bits;
  holdsWord[entry] = (holdsWord[entry] as number) | holding;
}

function meshOf(place: number, tests: readonly (Test<Moment> | undefined)[], words: number, entries: number): Mesh {
  const each = <Made>(make: (word: number) => Made) => Array.from({ length: words }, (_, word) => make(word));
  return {
    place,
    tests,
    asked: each((word) => {
      let bits = 0;
      for (let bit = 0; bit < BITS; bit++) if (tests[word * BITS + bit] !== undefined) bits |= 1 << bit;
      return bits;
    }),
    known: each(() => new Int32Array(entries)),
    holds: each(() => new Int32Array(entries)),
  };
}

/** What rules need: of one place alone, by place and by rule; and of several places together, by rule. */
interface Needs {
  readonly byPlace: ReadonlyMap<number, readonly (Test<Moment> | undefined)[]>;
  readonly rests: readonly (Test<Moment> | undefined)[];
}

function needsOf(graph: Graph, roots: readonly Ref[], placesOf: ReadonlyMap<string, readonly number[]>): Needs {
  const parts = new Map<number, Ref[][]>();
  const rests: Ref[][] = roots.map(() => []);
  roots.forEach((root, rule) => {
    for (const part of (root & 1) === 0 ? (graph.children[root >> 1] ?? [root]) : [root]) {
      const place = onlyPlace(graph, part, placesOf);
      const ofPlace = place === undefined ? rests : (parts.get(place) ?? roots.map(() => []));
      if (place !== undefined) parts.set(place, ofPlace);
      (ofPlace[rule] as Ref[]).push(part);
    }
  });
  const testOf = (refs: readonly Ref[]) => (refs.length === 0 ? undefined : testOfRef(graph, graph.and(refs)));
  return {
    byPlace: new Map([...parts].map(([place, byRule]) => [place, byRule.map(testOf)])),
    rests: rests.map(testOf),
  };
}

/** The one place that all leaves of a part read; threads are one place. */
function onlyPlace(graph: Graph, part: Ref, placesOf: ReadonlyMap<string, readonly number[]>): number | undefined {
  let only: number | undefined;
  const seen = new Set<number>([part >> 1]);
  for (const id of seen) {
    for (const child of graph.children[id] ?? []) seen.add(child >> 1);
    const leaf = graph.leaves[id];
    if (leaf === undefined) continue;
    const places = placesOf.get(leaf.key);
    if (places?.length !== 1 || (only !== undefined && only !== places[0])) return undefined;
    only = places[0];
  }
  return only;
}

function testOfRef(graph: Graph, root: Ref): Test<Moment> {
  const leafTest = (id: number): Test<Moment> | undefined => {
    const leaf: Leaf | undefined = graph.leaves[id];
    return leaf && ((moment) => leaf.decide(moment));
  };
  return testOfLayout(layOut(graph, root, (refs) => refs, leafTest));
}
