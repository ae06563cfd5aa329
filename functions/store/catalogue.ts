import { createHash } from 'node:crypto';
import { MAX_TRACES_SCANNED } from '../../engine/model/limits.ts';
import { folders } from './folders.ts';
import { KEYS } from './keys.ts';
import type { Labels } from './labels.ts';
import type { ObjectStore } from './object-store.ts';
import type { TraceEncoding, TraceManifest } from './trace-manifest.ts';
import { VersionChain, type Version } from './version-chain.ts';

/** Entries that lie together in one digest. */
const TOGETHER = 100;
/** Fewer than these are read one by one. */
const FEW = 6;
/** Entries that are read at a time: workerd allows six connections. */
const READ_AT_ONCE = 6;

/** How far a trace is: still coming; kept and to be read; read to its end; kept, but nothing of it can be read. */
export type TraceState = 'open' | 'pending' | 'indexed' | 'unreadable';

/** What a list shows of a trace and filters by. */
export interface CatalogueEntry {
  readonly format: 1;
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  /** Bytes as they were sent; 0 of a recording that is open. */
  readonly size: number;
  readonly encoding: TraceEncoding;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly labels: Labels;
  readonly state: TraceState;
  /** Why it is unreadable. */
  readonly reason?: string;
  readonly summary?: TraceSummary;
}

/** What is known of a trace that was read to its end. */
export interface TraceSummary {
  readonly events: number;
  /** Nanoseconds since the epoch, decimal digits. */
  readonly firstTime?: string;
  readonly lastTime?: string;
  readonly hosts: readonly string[];
  readonly images: readonly string[];
  readonly containers: number;
  readonly gaps: number;
}

/** What decides where an entry lies. */
export type Placed = Pick<TraceManifest, 'id' | 'createdAt'>;

/** What is looked for, and in which order. */
export interface CatalogueQuery {
  readonly order: 'newest' | 'oldest';
  /** The place of the last trace of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
  matches(entry: CatalogueEntry): boolean;
}

/**
 * The traces of one tenant in the order of time, for lists. An entry is a chain of versions under its day and time, so
 * what a trace is labelled with and what is known of it may change while every object is written once:
 *
 *     t/<tenant>/catalogue/<day>/<milliseconds>-<id>/<version>.json
 *     t/<tenant>/digests/<day>/<hash>.json
 *
 * A listing tells the newest version of each entry of a day by names alone. A hundred entries that follow each other are
 * kept once more as a digest, named by the hash of their names: it is found as long as none of them changed, and is
 * never wrong. So a thousand traces cost some ten reads, and nothing has to be kept in step. The manifest is what makes
 * a trace exist; an entry that is lost is made again by the sweep, which also drops digests that nobody finds any more.
 */
export class Catalogue {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Adds an entry unless there is one; answers the one that is there. */
  async add(entry: CatalogueEntry): Promise<Version<CatalogueEntry>> {
    return this.#chain(entry).change((current) => current ?? entry);
  }

  /** Changes an entry; undefined when there is none. */
  async change(
    trace: Placed,
    make: (current: CatalogueEntry) => CatalogueEntry,
  ): Promise<Version<CatalogueEntry> | undefined> {
    if ((await this.find(trace)) === undefined) return undefined;
    return this.#chain(trace).change((current) => (current === undefined ? undefined : make(current)));
  }

  /** The entry of a trace; undefined when there is none. */
  async find(trace: Placed): Promise<Version<CatalogueEntry> | undefined> {
    return this.#chain(trace).current();
  }

  /** Deletes an entry. */
  async remove(trace: Placed): Promise<void> {
    const folder = KEYS.catalogueEntry(this.#tenant, dayOf(trace.createdAt), placeOf(trace));
    for await (const { key } of this.#objects.list(folder)) await this.#objects.delete(key);
  }

  /**
   * One page. `next` is what to give as `after` for the page behind it; it is also given when more entries were looked
   * at than one request may, so that a page may be short and still not be the last.
   */
  async page(
    query: CatalogueQuery,
    now: number,
  ): Promise<{ readonly entries: CatalogueEntry[]; readonly next: string | undefined }> {
    const entries: CatalogueEntry[] = [];
    let scanned = 0;
    let last: string | undefined;
    for await (const entry of this.entries(query.order, query.after, now)) {
      if (entries.length === query.limit || scanned === MAX_TRACES_SCANNED) return { entries, next: last };
      scanned++;
      last = placeOf(entry);
      if (query.matches(entry)) entries.push(entry);
    }
    return { entries, next: undefined };
  }

  /** All entries behind a place, in order of time. */
  async *entries(
    order: 'newest' | 'oldest',
    after: string | undefined,
    now: number,
  ): AsyncGenerator<CatalogueEntry, void> {
    const isBehind = (place: string): boolean =>
      after === undefined || (order === 'newest' ? place < after : place > after);
    const edge = after === undefined ? undefined : dayOfPlace(after);
    for (const day of inOrder(await this.days(), order)) {
      if (edge !== undefined && (order === 'newest' ? day > edge : day < edge)) continue;
      for (const group of inOrder(await this.groups(day), order)) {
        if (!group.some(({ place }) => isBehind(place))) continue;
        const isSettled = group.length === TOGETHER || day < dayOf(new Date(now).toISOString());
        const read = await this.#read(day, group, isSettled);
        for (const entry of inOrder(read, order)) if (isBehind(placeOf(entry))) yield entry;
      }
    }
  }

  /** Days that have entries, in order. */
  async days(): Promise<string[]> {
    const days: string[] = [];
    for await (const day of folders(this.#objects, KEYS.catalogue(this.#tenant))) days.push(day);
    return days;
  }

  /** The newest version of each entry of a day, in groups that have their digests. */
  async groups(day: string): Promise<readonly (readonly EntryKey[])[]> {
    const folder = KEYS.catalogueDay(this.#tenant, day);
    const keys: EntryKey[] = [];
    for await (const { key } of this.#objects.list(folder)) {
      const place = key.slice(folder.length).split('/', 1)[0] as string;
      if (keys.at(-1)?.place === place) keys.pop();
      keys.push({ place, key });
    }
    return Array.from({ length: Math.ceil(keys.length / TOGETHER) }, (_, i) =>
      keys.slice(i * TOGETHER, (i + 1) * TOGETHER),
    );
  }

  /** The name of the digest of a group. */
  digestKey(day: string, group: readonly EntryKey[]): string {
    const hash = createHash('sha256');
    for (const { key } of group) hash.update(`${key}\n`);
    return KEYS.digest(this.#tenant, day, hash.digest('hex'));
  }

  async #read(day: string, group: readonly EntryKey[], isSettled: boolean): Promise<readonly CatalogueEntry[]> {
    const digest = isSettled && group.length >= FEW ? this.digestKey(day, group) : undefined;
    const found = digest === undefined ? undefined : await this.#objects.readText(digest);
    if (found !== undefined) return JSON.parse(found) as CatalogueEntry[];
    const entries: CatalogueEntry[] = [];
    for (let at = 0; at < group.length; at += READ_AT_ONCE) {
      const texts = group.slice(at, at + READ_AT_ONCE).map(({ key }) => this.#objects.readText(key));
      // One that is gone was deleted while we looked.
      for (const text of await Promise.all(texts)) if (text !== undefined) entries.push(JSON.parse(text));
    }
    if (digest !== undefined && entries.length === group.length) {
      await this.#objects.create(digest, JSON.stringify(entries), 'application/json');
    }
    return entries;
  }

  #chain(trace: Placed): VersionChain<CatalogueEntry> {
    const folder = KEYS.catalogueEntry(this.#tenant, dayOf(trace.createdAt), placeOf(trace));
    return new VersionChain(this.#objects, folder);
  }
}

/** The newest version of an entry. */
export interface EntryKey {
  readonly place: string;
  readonly key: string;
}

/** The entry of a trace of which nothing more is known than its manifest. */
export function entryOf(manifest: TraceManifest, labels: Labels): CatalogueEntry {
  const { id, name, sha256, size, encoding, createdAt, recording } = manifest;
  const state = recording?.open === true ? 'open' : 'pending';
  return { format: 1, id, name, sha256, size, encoding, createdAt, labels, state };
}

/** Where a trace stands in the order of time. */
export function placeOf({ id, createdAt }: Placed): string {
  return `${String(Math.max(0, Date.parse(createdAt))).padStart(13, '0')}-${id}`;
}

/** True for the shape of a place. */
export function isPlace(text: string): boolean {
  return /^\d{13}-[0-9a-f]{32}$/.test(text);
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}

function dayOfPlace(place: string): string {
  return dayOf(new Date(Number(place.slice(0, 13))).toISOString());
}

/** Things that are in order, as wanted. */
function inOrder<T>(ascending: readonly T[], order: 'newest' | 'oldest'): readonly T[] {
  return order === 'newest' ? ascending.toReversed() : ascending;
}
