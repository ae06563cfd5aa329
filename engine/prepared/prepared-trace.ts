import type { CarriedByCode } from './carried.ts';
import { Dictionary } from './dictionary.ts';
import { FormFault, readForm, type FormHead, type Sections } from './form.ts';
import type { Numbers } from './number-column.ts';
import { StoredWords } from './words.ts';

/** The events of one type. */
export interface Table {
  readonly code: number;
  readonly numbers: Numbers;
  readonly timesLow: Numbers;
  /** Less `highBase` of the head. */
  readonly timesHigh: Numbers;
  /** One more than the id of the host's thread. */
  readonly tids: Numbers;
  /** By event: the row of what is known of its thread. */
  readonly threads: Numbers;
}

const NO_NUMBERS: Numbers = new Uint8Array(0);

/** A prepared form, opened. Nothing is decoded until it is asked for. */
export class PreparedTrace {
  readonly head: FormHead;
  readonly tables: readonly Table[];
  readonly #sections: Sections;
  readonly #dictionaries = new Map<string, Dictionary>();

  /** Throws a `FormFault` for bytes that are no form, of another version or damaged. */
  constructor(bytes: Uint8Array) {
    const { head, sections } = readForm(bytes);
    this.head = head;
    this.#sections = sections;
    this.tables = head.tables.map((code) => this.#table(code));
  }

  /** True when the form holds the events of a type. */
  holdsType(code: number): boolean {
    return this.head.types.includes(code);
  }

  /** True when the form stores a field. */
  holdsField(name: string): boolean {
    return this.head.fields.includes(name);
  }

  /** What the trace carries, by event code. */
  get carried(): CarriedByCode {
    const [seen, succeeded] = [this.#section('carried seen'), this.#section('carried succeeded')];
    return { seen, succeeded, shown: this.#section('carried shown') };
  }

  /** What a field, or a text that several share, gives over the trace. */
  dictionary(name: string): Dictionary {
    let dictionary = this.#dictionaries.get(name);
    if (dictionary === undefined) {
      const numbers = (what: string): Numbers => this.#sections.get(`${what} ${name}`) ?? NO_NUMBERS;
      const bytes = (what: string): Uint8Array => numbers(what) as Uint8Array;
      const words = new StoredWords(numbers('word ends'), bytes('words'));
      dictionary = new Dictionary(numbers('starts'), bytes('entries'), words);
      this.#dictionaries.set(name, dictionary);
    }
    return dictionary;
  }

  /** By event of a type: entries of a dictionary; undefined where no event of the type has anything. */
  ofEvents(code: number, name: string): Numbers | undefined {
    return this.#sections.get(`${code} ${name}`);
  }

  /** By row of threads: entries of a field's dictionary. */
  ofThreads(name: string): Numbers | undefined {
    return this.#sections.get(`thread ${name}`);
  }

  #section(name: string): Numbers {
    const numbers = this.#sections.get(name);
    if (numbers === undefined) throw new FormFault(`the prepared trace has no section '${name}'`);
    return numbers;
  }

  #table(code: number): Table {
    const column = (name: string): Numbers => this.#section(`${code} ${name}`);
    return {
      code,
      numbers: column('number'),
      timesLow: column('time low'),
      timesHigh: column('time high'),
      tids: column('tids'),
      threads: column('threads'),
    };
  }
}
