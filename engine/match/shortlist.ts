import { TRUE, type Graph, type Ref } from '../plan/graph.ts';
import type { Moment } from '../state/moment.ts';
import { walk, type Layout, type Test } from './branches.ts';
import { eventTests } from './event-tests.ts';
import { testOfLayout, type NodeTests } from './node-tests.ts';
import { byFrequency, takeApart, type RuleParts } from './rule-parts.ts';
import type { TextWord } from './text-verdicts.ts';
import type { ThreadWord } from './thread-verdicts.ts';
import type { VerdictMemory } from './verdict-memory.ts';

/** Rules whose numbers share a word of bits. */
const RULES_PER_WORD = 32;

/** Something that several rules of a word need of the event, and which. */
interface SharedNeed {
  readonly test: Test<Moment>;
  readonly bits: number;
}

/** Up to 32 rules of a program, a bit each. */
interface Word {
  /** Which rules hold of the thread. */
  readonly threads: ThreadWord;
  readonly threadTests: readonly (Test<Moment> | undefined)[];
  /** Which rules hold of the main text; undefined when none is about a text. */
  readonly texts: TextWord | undefined;
  /** What several rules need, most needed first. */
  readonly needs: readonly SharedNeed[];
  /** What each rule needs besides. */
  readonly rests: readonly Layout<Moment>[];
}

/**
 * The rules of one program, in the order in which most of them fall away soonest: a word of bits remembers for each
 * thread which rules are still open, another one for each text; what several rules need of the event is asked once for
 * all of them; and only the rules that are left then are looked at one by one.
 */
export class Shortlist {
  readonly #rules: readonly number[];
  readonly #words: readonly Word[];

  /** @param rules numbers of the rules, @param roots what is left of their conditions */
  constructor(graph: Graph, nodes: NodeTests, memory: VerdictMemory, rules: readonly number[], roots: readonly Ref[]) {
    const parts = takeApart(graph, roots);
    const testOf = eventTests(graph, nodes, memory, [...new Set(parts.flatMap(({ others }) => others))]);
    this.#rules = rules;
    this.#words = inWords(parts).map((word) => makeWord(word, graph, nodes, memory, testOf));
  }

  /** Adds the numbers of the rules that match, in order; only the first one when no more are wanted. */
  match(moment: Moment, matched: number[], onlyFirst: boolean): void {
    const words = this.#words;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as Word;
      let open = word.threads.isKnown() ? word.threads.bits() : this.#decideThread(word, moment);
      if (open !== 0 && word.texts !== undefined) open = word.texts.possible(open, moment);
      for (let j = 0; j < word.needs.length && open !== 0; j++) {
        const { bits, test } = word.needs[j] as SharedNeed;
        if ((open & bits) !== 0 && !test(moment)) open &= ~bits;
      }
      if (open !== 0 && word.texts !== undefined) open = word.texts.holding(open);
      while (open !== 0) {
        const bit = 31 - Math.clz32(open & -open);
        open &= open - 1;
        if (!walk(word.rests[bit] as Layout<Moment>, moment)) continue;
        matched.push(this.#rules[i * RULES_PER_WORD + bit] as number);
        if (onlyFirst) return;
      }
    }
  }

  #decideThread({ threads, threadTests }: Word, moment: Moment): number {
    let bits = 0;
    for (let bit = 0; bit < threadTests.length; bit++) {
      const test = threadTests[bit];
      if (test === undefined || test(moment)) bits |= 1 << bit;
    }
    threads.set(bits);
    return bits;
  }
}

function makeWord(
  word: readonly RuleParts[],
  graph: Graph,
  nodes: NodeTests,
  memory: VerdictMemory,
  testOf: (id: number) => Test<Moment> | undefined,
): Word {
  const texts = word.map(({ text }) => (text === TRUE ? undefined : nodes.ofText(text)));
  const shared = byFrequency(
    word.flatMap(({ others }) => others),
    2,
  );
  return {
    threads: memory.threads.word(),
    threadTests: word.map(({ thread }) => (thread === TRUE ? undefined : threadTest(nodes, thread))),
    texts: texts.some((test) => test !== undefined) ? memory.texts.word(texts) : undefined,
    needs: shared.map((ref) => ({
      test: testOfLayout(nodes.lay(ref, testOf)),
      bits: word.reduce((bits, { others }, bit) => (others.includes(ref) ? bits | (1 << bit) : bits), 0),
    })),
    rests: word.map(({ others }) => nodes.lay(graph.and(others.filter((ref) => !shared.includes(ref))), testOf)),
  };
}

function threadTest(nodes: NodeTests, ref: Ref): Test<Moment> {
  const test = nodes.ofNode(ref >> 1) as Test<Moment>;
  return (ref & 1) === 0 ? test : (moment) => !test(moment);
}

function inWords<Part>(parts: readonly Part[]): Part[][] {
  const words: Part[][] = [];
  for (let at = 0; at < parts.length; at += RULES_PER_WORD) words.push(parts.slice(at, at + RULES_PER_WORD));
  return words;
}
