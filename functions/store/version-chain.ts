import type { ObjectStore } from './object-store.ts';

/** Digits of a version in the name of its object: names in order are versions in order. */
const DIGITS = 20;
/** Others that may write a version at the same moment before we give up. */
const MOST_RACES = 20;

/** A version of something that has a name. */
export interface Version<T> {
  /** From 1. */
  readonly version: number;
  readonly value: T;
}

/**
 * Something that changes, as a chain of objects that do not: `<folder>/<20 digits>.json`, each created only where none
 * is. The highest is current; who loses a race reads again and writes the next.
 */
export class VersionChain<T> {
  readonly #objects: ObjectStore;
  readonly #folder: string;

  /** @param folder ends in a slash; one chain has it for itself */
  constructor(objects: ObjectStore, folder: string) {
    this.#objects = objects;
    this.#folder = folder;
  }

  /** The current version; undefined when there is none. */
  async current(): Promise<Version<T> | undefined> {
    let version: number | undefined;
    for await (const { key } of this.#objects.list(this.#folder)) version = this.#versionOf(key) ?? version;
    return version === undefined ? undefined : this.read(version);
  }

  /** One version; undefined when it was never written. */
  async read(version: number): Promise<Version<T> | undefined> {
    const text = await this.#objects.readText(this.#key(version));
    return text === undefined ? undefined : { version, value: JSON.parse(text) as T };
  }

  /** Writes the next version. The same value as the current one writes nothing and gives that. */
  async append(value: T): Promise<Version<T>> {
    return this.change(() => value);
  }

  /**
   * Writes the next version, made of the current one; made anew of the newer one when another was first. The same value
   * as the current one writes nothing and gives that, and so does undefined.
   */
  change(make: (current: T | undefined) => T): Promise<Version<T>>;
  change(make: (current: T | undefined) => T | undefined): Promise<Version<T> | undefined>;
  async change(make: (current: T | undefined) => T | undefined): Promise<Version<T> | undefined> {
    for (let race = 0; race < MOST_RACES; race++) {
      const current = await this.current();
      const value = make(current?.value);
      const text = `${JSON.stringify(value)}\n`;
      if (value === undefined || (current !== undefined && `${JSON.stringify(current.value)}\n` === text))
        return current;
      const version = (current?.version ?? 0) + 1;
      if (await this.#objects.create(this.#key(version), text, 'application/json')) return { version, value };
    }
    throw new Error(`${this.#folder} is written by too many at a time`);
  }

  #key(version: number): string {
    return `${this.#folder}${String(version).padStart(DIGITS, '0')}.json`;
  }

  #versionOf(key: string): number | undefined {
    const digits = /^(\d{20})\.json$/.exec(key.slice(this.#folder.length))?.[1];
    return digits === undefined ? undefined : Number(digits);
  }
}
