import type { Leaf } from '../compare/condition.ts';
import type { ParamType } from '../model/param-type.ts';
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
  /** The bits of all of them. */
  readonly all: number;
  /** Which rules hold of the thread. */
  readonly threads: ThreadWord;
  /** Which rules hold of the main text; undefined when none is about a text. */
  readonly texts: TextWord | undefined;
  /** What several rules need, what is at hand first, then what is most needed. */
  readonly needs: readonly SharedNeed[];
  /** What each rule needs besides. */
  readonly rests: readonly Layout<Moment>[];
}

/**
 * The rules of one program, in the order in which most of them fall away soonest: a word of bits remembers for each thread
 * which rules are known to fail, another one for each text, which settles nearly all events of nearly all traces; then
 * what several rules need of the event is asked once for all of them; then what is not known yet is decided, for the
 * rules that are left alone, so that nearly nothing is ever asked of a thread that opens a few files; and the last rules
 * are looked at one by one.
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
      const { all, threads, texts, needs, rests } = words[i] as Word;
      let open = threads.possible(all);
      if (open !== 0 && texts !== undefined) open = texts.possible(open, moment);
      if (open !== 0) open = needed(needs, open, moment);
      if (open !== 0 && texts !== undefined) open = texts.holding(open);
      if (open !== 0) open = threads.holding(open, moment);
      while (open !== 0) {
        const bit = 31 - Math.clz32(open & -open);
        open &= open - 1;
        if (!walk(rests[bit] as Layout<Moment>, moment)) continue;
        matched.push(this.#rules[i * RULES_PER_WORD + bit] as number);
        if (onlyFirst) return;
      }
    }
  }
}

/** The open rules that have what they need. */
function needed(needs: readonly SharedNeed[], open: number, moment: Moment): number {
  let left = open;
  for (let i = 0; i < needs.length && left !== 0; i++) {
    const { bits, test } = needs[i] as SharedNeed;
    if ((left & bits) !== 0 && !test(moment)) left &= ~bits;
  }
  return left;
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
  const isQuick = (ref: Ref) => isAtHand(graph.leaves[ref >> 1]);
  const needs = [...shared.filter(isQuick), ...shared.filter((ref) => !isQuick(ref))].map((ref) => ({
    test: testOfLayout(nodes.lay(ref, testOf)),
    bits: word.reduce((bits, { others }, bit) => (others.includes(ref) ? bits | (1 << bit) : bits), 0),
  }));
  return {
    all: word.reduce((bits, _, bit) => bits | (1 << bit), 0),
    threads: memory.threads.word(word.map(({ thread }) => (thread === TRUE ? undefined : threadTest(nodes, thread)))),
    texts: texts.some((test) => test !== undefined) ? memory.texts.word(texts) : undefined,
    needs,
    rests: word.map(({ others }) => nodes.lay(graph.and(others.filter((ref) => !shared.includes(ref))), testOf)),
  };
}

/** Types of values that nothing has to be written out for. */
const PLAIN_TYPES: ReadonlySet<ParamType> = new Set([
  'BOOL',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'FD',
  'PID',
  'PORT',
  'L4PROTO',
]);

/** Whether a leaf costs less to decide than a text to find: it is about a number, or about what is known of a file. */
function isAtHand(leaf: Leaf | undefined): boolean {
  if (leaf === undefined || leaf.inOrder || leaf.subject === 'thread') return false;
  if (leaf.column !== undefined || leaf.right !== undefined) return false;
  return PLAIN_TYPES.has(leaf.field.type) || leaf.field.name.startsWith('fd.');
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
