import { traceWants } from '../match/trace-wants.ts';
import type { Event } from '../model/event.ts';
import { createSystem, type System } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';
import { DictionaryBuilder } from './dictionary-builder.ts';
import { EventTable } from './event-table.ts';
import { writeForm, type Sections } from './form.ts';
import type { NumberColumn } from './number-column.ts';
import type { Selection } from './selection.ts';
import { hasShownColumn, isOnCode, storageOf } from './storage.ts';
import { ThreadRows } from './thread-rows.ts';

/** Where a prepared form comes from. */
export interface Origin {
  /** The engine that makes it; a form of another one is made anew. */
  readonly engine: string;
  /** A name of the trace's bytes, such as their SHA-256. */
  readonly capture: string;
}

/**
 * Prepares a trace: resolves its state once, and keeps of each event that rules look at what they can ask for. It takes
 * the trace as a sink.
 */
export class Preparation extends SystemSink {
  readonly #system: System;
  readonly #selection: Selection;
  readonly #threads: ThreadRows;
  readonly #dictionaries = new Map<string, DictionaryBuilder>();
  readonly #tables = new Map<number, EventTable>();
  #events = 0;
  #first: bigint | undefined = undefined;
  #last: bigint | undefined = undefined;

  constructor(selection: Selection) {
    const system = createSystem({});
    super(system, () => {});
    this.#system = system;
    this.#selection = selection;
    this.#threads = new ThreadRows(selection.fields.filter((field) => storageOf(field) === 'thread'));
  }

  /** How much of each event type a reader must deliver; see `WANT`. */
  get wants(): Uint8Array {
    return traceWants(this.#selection.types);
  }

  override event(event: Event): void {
    this.#events++;
    if (this.#first === undefined) this.#first = event.time();
    const system = this.#system;
    if (this.#selection.types[event.type] !== 1) system.pass(event);
    else {
      const moment = system.apply(event);
      if (moment.visible) this.#tableOf(event.type).add(moment, this.#threads.rowAt(moment));
      system.settle();
    }
    this.#last = event.time();
  }

  /** The form of all that came. */
  finish({ engine, capture }: Origin): Uint8Array<ArrayBuffer> {
    const { types, fields } = this.#selection;
    const head = {
      engine,
      capture,
      events: this.#events,
      firstTime: this.#first?.toString(),
      lastTime: this.#last?.toString(),
      types: [...types.keys()].filter((code) => types[code] === 1),
      fields: fields.map(({ name }) => name),
      tables: [...this.#tables.keys()],
      threads: this.#threads.count,
    };
    return writeForm(head, this.#sections());
  }

  #sections(): Sections {
    const sections: Sections = new Map();
    const put = (name: string, column: NumberColumn) => sections.set(name, column.narrowed());
    const putDictionary = (name: string, dictionary: DictionaryBuilder): void => {
      sections.set(`starts ${name}`, dictionary.starts());
      sections.set(`entries ${name}`, dictionary.bytes());
    };
    for (const { field, dictionary, rows } of this.#threads.columns()) {
      putDictionary(field.name, dictionary);
      put(`thread ${field.name}`, rows);
    }
    for (const [name, dictionary] of this.#dictionaries) putDictionary(name, dictionary);
    for (const [code, table] of this.#tables) {
      put(`${code} number`, table.numbers);
      put(`${code} time low`, table.timesLow);
      put(`${code} time high`, table.timesHigh);
      put(`${code} threads`, table.threads);
      for (const { name, numbers } of table.columns) put(`${code} ${name}`, numbers);
    }
    return sections;
  }

  #tableOf(code: number): EventTable {
    const known = this.#tables.get(code);
    if (known !== undefined) return known;
    const table = new EventTable();
    const texts = new Set<string>();
    for (const field of this.#selection.fields) {
      const { name, subject } = field;
      const storage = storageOf(field);
      if (field.eventTypes?.has(code) === false) continue;
      if (storage === 'text' && !texts.has(subject)) {
        texts.add(subject);
        table.addText(subject, field, this.#dictionaryOf(subject));
      }
      if (hasShownColumn(field) || (storage === 'event' && isOnCode(field, code)))
        table.addField(name, field, this.#dictionaryOf(name), storage === 'text');
    }
    this.#tables.set(code, table);
    return table;
  }

  #dictionaryOf(name: string): DictionaryBuilder {
    let dictionary = this.#dictionaries.get(name);
    if (dictionary === undefined) this.#dictionaries.set(name, (dictionary = new DictionaryBuilder()));
    return dictionary;
  }
}
