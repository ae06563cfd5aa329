import { traceWants } from '../match/trace-wants.ts';
import type { Event } from '../model/event.ts';
import type { ProcessEntry } from '../model/snapshot.ts';
import { createSystem, type System } from '../state/system.ts';
import { SystemSink } from '../state/system-sink.ts';
import { CarriedNotes } from './carried.ts';
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

/** Events between two looks at how much is held. */
const LOOK_EVERY = 4_096;

/**
 * Prepares a trace: resolves its state once, and keeps of each event that rules look at what they can ask for. It takes
 * the trace as a sink. Of a trace that would take too much memory it keeps nothing.
 */
export class Preparation extends SystemSink {
  readonly #system: System;
  readonly #selection: Selection;
  readonly #mostBytes: number;
  readonly #carried = new CarriedNotes();
  #threads: ThreadRows;
  readonly #dictionaries = new Map<string, DictionaryBuilder>();
  readonly #tables = new Map<number, EventTable>();
  #events = 0;
  #first: bigint | undefined = undefined;
  #highBase = 0;
  #lastLow = 0;
  #lastHigh = 0;
  #isTooLarge = false;

  /** @param mostBytes of memory that what is kept may take, about */
  constructor(selection: Selection, mostBytes = Infinity) {
    const system = createSystem({});
    super(system, () => {});
    this.#system = system;
    this.#selection = selection;
    this.#mostBytes = mostBytes;
    this.#threads = new ThreadRows(selection.fields.filter((field) => storageOf(field) === 'thread'));
  }

  /** True once the trace has turned out too large to be prepared: there is no need to give more of it. */
  get isTooLarge(): boolean {
    return this.#isTooLarge;
  }

  /** Events so far. */
  get events(): number {
    return this.#events;
  }

  /** How much of each event type a reader must deliver; see `WANT`. */
  get wants(): Uint8Array {
    return traceWants(this.#selection.types);
  }

  override process(entry: ProcessEntry): void {
    this.#carried.noteProcess(entry);
    super.process(entry);
  }

  override event(event: Event): void {
    if (this.#isTooLarge) return;
    this.#events++;
    if (this.#first === undefined) {
      this.#first = event.time();
      this.#highBase = event.timeHigh;
    }
    this.#lastLow = event.timeLow;
    this.#lastHigh = event.timeHigh;
    this.#carried.note(event);
    const system = this.#system;
    if (this.#selection.types[event.type] !== 1) return system.pass(event);
    const moment = system.apply(event);
    if (moment.visible) this.#tableOf(event.type).add(moment, this.#threads.rowAt(moment), this.#highBase);
    system.settle();
    if (this.#events % LOOK_EVERY === 0 && this.#heldBytes() > this.#mostBytes) this.#giveUp();
  }

  /** The form of all that came. Of a trace that is too large there is none: throws an Error. */
  finish({ engine, capture }: Origin): Uint8Array<ArrayBuffer> {
    if (this.#isTooLarge) throw new Error('a trace that is too large has no prepared form');
    const { types, fields } = this.#selection;
    const { hasMembers, wasTold } = this.#system.containers;
    const head = {
      engine,
      capture,
      events: this.#events,
      highBase: this.#highBase,
      firstTime: this.#first?.toString(),
      lastTime: this.#first === undefined ? undefined : String((BigInt(this.#lastHigh) << 32n) | BigInt(this.#lastLow)),
      carried: { told: [...this.#carried.told], containers: { hasMembers, wasTold } },
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
      if (dictionary.words.size === 0) return;
      sections.set(`word ends ${name}`, dictionary.words.ends());
      sections.set(`words ${name}`, dictionary.words.bytes());
    };
    for (const name of ['seen', 'succeeded', 'shown'] as const) sections.set(`carried ${name}`, this.#carried[name]);
    for (const { field, dictionary, rows } of this.#threads.columns()) {
      putDictionary(field.name, dictionary);
      put(`thread ${field.name}`, rows);
    }
    for (const [name, dictionary] of this.#dictionaries) putDictionary(name, dictionary);
    for (const [code, table] of this.#tables) {
      put(`${code} number`, table.numbers);
      put(`${code} time low`, table.timesLow);
      put(`${code} time high`, table.timesHigh);
      put(`${code} tids`, table.tids);
      put(`${code} threads`, table.threads);
      for (const { name, numbers } of table.columns) if (!numbers.isZero) put(`${code} ${name}`, numbers);
    }
    return sections;
  }

  #heldBytes(): number {
    let bytes = this.#threads.heldBytes;
    for (const dictionary of this.#dictionaries.values()) bytes += dictionary.heldBytes;
    for (const table of this.#tables.values()) bytes += table.heldBytes;
    return bytes;
  }

  #giveUp(): void {
    this.#isTooLarge = true;
    this.#threads = new ThreadRows([]);
    this.#dictionaries.clear();
    this.#tables.clear();
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
