import { Dictionary } from './dictionary.ts';
import { FormFault, readForm, type FormHead, type Sections } from './form.ts';
import type { Numbers } from './number-column.ts';

/** The events of one type. */
export interface Table {
  readonly code: number;
  readonly numbers: Numbers;
  readonly timesLow: Numbers;
  readonly timesHigh: Numbers;
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

  /** What a field, or a text that several share, gives over the trace. */
  dictionary(name: string): Dictionary {
    let dictionary = this.#dictionaries.get(name);
    if (dictionary === undefined) {
      const starts = this.#sections.get(`starts ${name}`) ?? NO_NUMBERS;
      dictionary = new Dictionary(
        starts,
        (this.#sections.get(`entries ${name}`) as Uint8Array | undefined) ?? NO_BYTES,
      );
      this.#dictionaries.set(name, dictionary);
    }
    return dictionary;
  }

  /** By event of a type: entries of a dictionary; undefined where no event of the type has any. */
  ofEvents(code: number, name: string): Numbers | undefined {
    return this.#sections.get(`${code} ${name}`);
  }

  /** By row of threads: entries of a field's dictionary. */
  ofThreads(name: string): Numbers | undefined {
    return this.#sections.get(`thread ${name}`);
  }

  #table(code: number): Table {
    const column = (name: string): Numbers => {
      const numbers = this.#sections.get(`${code} ${name}`);
      if (numbers === undefined) throw new FormFault(`the prepared trace has no column ${name} of events ${code}`);
      return numbers;
    };
    return {
      code,
      numbers: column('number'),
      timesLow: column('time low'),
      timesHigh: column('time high'),
      threads: column('threads'),
    };
  }
}

const NO_BYTES = new Uint8Array(0);
