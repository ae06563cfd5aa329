import { MAX_TEXT_VERDICT_BYTES, MAX_REMEMBERED_TEXTS } from '../model/limits.ts';
import type { Text } from '../model/text.ts';
import type { Moment } from '../state/moment.ts';
import type { Test } from './branches.ts';
import type { TextTest } from './node-tests.ts';
import { NO, UNDECIDED, YES } from './thread-verdicts.ts';

/**
 * A text that comes once costs less when only what is asked of it is decided; one that comes often, when everything is.
 * With the three upstream files over a recorded build, any number from 1 to 6 takes two fifths off matching.
 */
const FAMILIAR = 2;
const FIRST_TEXTS = 256;
/** Bytes of a word of verdicts, of the word that says which of them are known, and of how often the text came. */
const BYTES_PER_WORD = 9;

/** What was decided about texts: for each test a column by the text's id, grown as texts come. */
export class TextVerdicts {
  /** Bytes that the columns given so far may come to take. */
  #promised = 0;

  /** A test of a moment that remembers what it decided about its text, as long as there is room for it. */
  remember({ column, test, absent }: TextTest): Test<Moment> {
    if (!this.#take(1)) {
      return (moment) => {
        const text = column(moment);
        return text === undefined ? absent : test(text.value);
      };
    }
    let verdicts = new Uint8Array(FIRST_TEXTS);
    return (moment) => {
      const text = column(moment);
      if (text === undefined) return absent;
      const { id } = text;
      if (id === 0) return test(text.value);
      if (id >= verdicts.length) verdicts = grown(verdicts, id, Uint8Array);
      const known = verdicts[id] as number;
      if (known !== UNDECIDED) return known === YES;
      const verdict = test(text.value);
      verdicts[id] = verdict ? YES : NO;
      return verdict;
    };
  }

  /** Up to 32 tests of one text together; undefined ones always hold. */
  word(tests: readonly (TextTest | undefined)[]): TextWord {
    return new TextWord(tests, this.#take(BYTES_PER_WORD));
  }

  #take(bytesPerText: number): boolean {
    const bytes = bytesPerText * MAX_REMEMBERED_TEXTS;
    if (this.#promised + bytes > MAX_TEXT_VERDICT_BYTES) return false;
    this.#promised += bytes;
    return true;
  }
}

/** Up to 32 verdicts about the text of a moment, a bit each; each is decided when it is first asked for. */
export class TextWord {
  readonly #tests: readonly (TextTest | undefined)[];
  readonly #column: TextTest['column'];
  readonly #remembers: boolean;
  /** Verdicts that hold where there is no text. */
  readonly #absent: number;
  /** Verdicts that hold whatever the text. */
  readonly #always: number;
  #text: Text | undefined = undefined;
  /** How often a text came while something about it was unknown. */
  #sightings = new Uint8Array(FIRST_TEXTS);
  #known = new Int32Array(FIRST_TEXTS);
  #verdicts = new Int32Array(FIRST_TEXTS);

  constructor(tests: readonly (TextTest | undefined)[], remembers: boolean) {
    this.#tests = tests;
    this.#column = (tests.find((test) => test !== undefined) as TextTest).column;
    this.#remembers = remembers;
    this.#always = bitsWhere(tests, (test) => test === undefined);
    this.#absent = bitsWhere(tests, (test) => test === undefined || test.absent);
  }

  /** Turns to the text of a moment: which of the open tests hold or are not known to fail. */
  possible(open: number, moment: Moment): number {
    const text = this.#column(moment);
    this.#text = text;
    if (text === undefined) return open & this.#absent;
    const { id } = text;
    if (id === 0 || !this.#remembers) return open;
    if (id >= this.#known.length) this.#grow(id);
    const known = this.#known[id] as number;
    if ((open & ~(known | this.#always)) !== 0 && this.#isFamiliar(id)) return this.holding(open);
    return open & (~known | (this.#verdicts[id] as number) | this.#always);
  }

  /** Which of those that are still open hold. */
  holding(open: number): number {
    const text = this.#text;
    if (text === undefined) return open;
    const { id } = text;
    const asked = open & ~this.#always;
    if (id === 0 || !this.#remembers) return this.#decide(asked, text.value) | (open & this.#always);
    const unknown = asked & ~(this.#known[id] as number);
    if (unknown !== 0) {
      this.#verdicts[id] = (this.#verdicts[id] as number) | this.#decide(unknown, text.value);
      this.#known[id] = (this.#known[id] as number) | unknown;
    }
    return open & ((this.#verdicts[id] as number) | this.#always);
  }

  /** Whether a text has come so often that it will come again, and everything about it is worth deciding. */
  #isFamiliar(id: number): boolean {
    const sightings = (this.#sightings[id] as number) + 1;
    if (sightings > FAMILIAR) return true;
    this.#sightings[id] = sightings;
    return false;
  }

  #decide(bits: number, text: string): number {
    let holding = 0;
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      if ((this.#tests[31 - Math.clz32(bit)] as TextTest).test(text)) holding |= bit;
    }
    return holding;
  }

  #grow(id: number): void {
    this.#sightings = grown(this.#sightings, id, Uint8Array);
    this.#known = grown(this.#known, id, Int32Array);
    this.#verdicts = grown(this.#verdicts, id, Int32Array);
  }
}

function bitsWhere(tests: readonly (TextTest | undefined)[], holds: (test: TextTest | undefined) => boolean): number {
  let bits = 0;
  tests.forEach((test, bit) => {
    if (holds(test)) bits |= 1 << bit;
  });
  return bits;
}

function grown<Column extends Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  column: Column,
  id: number,
  make: new (length: number) => Column,
): Column {
  const larger = new make(Math.max(id + 1, column.length * 2));
  larger.set(column);
  return larger;
}
