import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RedactionSettings } from '../redaction/redaction.ts';
import type { Gap, Manifest, SalvagedManifest } from '../segments/manifest.ts';
import { manifestPath, readManifest } from '../segments/manifest-file.ts';
import { salvage } from '../segments/salvage.ts';
import { segmentName, type Target } from '../segments/target.ts';
import { Journal, type Entry, type Kept } from './journal.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import type { SpoolOptions } from './spool-options.ts';
import { SpooledRecording } from './spooled-recording.ts';

/** A segment that is to be sent. */
export interface SpooledSegment extends Kept {
  readonly recording: SpooledRecording;
  readonly path: string;
}

const JOURNAL = 'spool.jsonl';
/** A recording goes on in another one after this long, or after this many segments, as the service asks. */
const RECORDING_MS = 24 * 3600 * 1000;
const RECORDING_SEGMENTS = 10_000;

/**
 * The folder in which segments wait: whole files, and a journal that says of each what became of it. What the journal says
 * is on the disk before anything is done that follows from it, so whoever is killed can go on where he was.
 */
export class Spool implements Target {
  readonly isFolder = true;
  readonly folder: string;
  readonly #options: SpoolOptions;
  readonly #journal: Journal;
  readonly #lock: FolderLock;
  readonly #recordings = new Map<string, SpooledRecording>();
  #current: SpooledRecording;
  #begun = 0;
  #losses: Gap[] = [];
  #waiters: (() => void)[] = [];
  #onEnd: () => void = () => {};
  /** Resolves when no segment comes any more. */
  readonly ended: Promise<void> = new Promise((resolve) => (this.#onEnd = resolve));
  isEnded = false;
  /** The segment that is on its way: it is not given up meanwhile. */
  #sending: string | undefined;
  /** Segments that were given up since the start, and their events. */
  readonly dropped = { segments: 0, events: 0 };
  /** What was left by a recorder that was killed, and mended. */
  readonly salvaged: readonly SalvagedManifest[];

  private constructor(folder: string, options: SpoolOptions, lock: FolderLock, salvaged: readonly SalvagedManifest[]) {
    this.folder = folder;
    this.#options = options;
    this.#lock = lock;
    this.salvaged = salvaged;
    const path = join(folder, JOURNAL);
    for (const entry of Journal.read(path)) this.#take(entry);
    this.#journal = new Journal(path);
    const open = [...this.#recordings.values()].find(({ isEnded }) => !isEnded);
    this.#current = open !== undefined && this.#goesOn(open) ? open : this.#begin();
    this.#reconcile();
    this.#journal.rewrite([...this.#recordings.values()].flatMap((recording) => recording.entries()));
    this.#enforce(0);
  }

  /** Opens the spool in a folder, which is made if need be. Throws when another process has it open. */
  static async open(folder: string, options: SpoolOptions): Promise<Spool> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder);
    try {
      return new Spool(folder, options, lock, await salvage(folder, BigInt(options.now()) * 1_000_000n));
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Bytes of the segments that wait. */
  get bytes(): number {
    return this.#kept().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** How many segments wait. */
  get segments(): number {
    return this.#kept().length;
  }

  /** When the oldest event that waits happened, in nanoseconds since the epoch; undefined when nothing waits. */
  get oldest(): bigint | undefined {
    const first = this.#kept().find(({ firstTime }) => firstTime !== undefined);
    return first?.firstTime === undefined ? undefined : BigInt(first.firstTime);
  }

  get redaction(): RedactionSettings | undefined {
    return this.#options.redaction;
  }

  nextSequence(): number {
    if (!this.#goesOn(this.#current)) {
      this.#note({ did: 'end', key: this.#current.key });
      this.#current = this.#begin();
    }
    return this.#current.last + 1;
  }

  path(sequence: number, time: bigint): string {
    const file = segmentName(sequence, time);
    this.#note({ did: 'grow', key: this.#current.key, sequence, file });
    return join(this.folder, file);
  }

  whole(manifest: Manifest): void {
    this.#keep(manifest);
    this.#enforce(0);
    this.#wake();
  }

  losses(growing: number): readonly Gap[] {
    this.#enforce(growing);
    const losses = this.#losses;
    this.#losses = [];
    return losses;
  }

  /** The segment that is to be sent next, the oldest first; undefined when nothing waits. It is not given up until `put` again. */
  take(): SpooledSegment | undefined {
    const next = this.#kept()[0];
    this.#sending = next?.file;
    return next;
  }

  /** The service has it: it is removed here. */
  sent({ recording, sequence, file }: SpooledSegment): void {
    this.#sending = undefined;
    this.#note({ did: 'send', key: recording.key, sequence });
    this.#remove(file);
  }

  /** The service will never take it. */
  refused(segment: SpooledSegment): void {
    this.#sending = undefined;
    this.#drop(segment);
  }

  /** It was not sent, and waits again. */
  put(): void {
    this.#sending = undefined;
    this.#enforce(0);
  }

  /** Recordings of which the service is to be told that nothing more comes. */
  get toClose(): readonly SpooledRecording[] {
    return [...this.#recordings.values()].filter(({ isToBeClosed }) => isToBeClosed);
  }

  /** The service knows that a recording has ended. */
  closed({ key }: SpooledRecording): void {
    this.#note({ did: 'close', key });
    this.#recordings.delete(key);
  }

  /** The service does not know a recording any more, or takes nothing more for it: what waits goes into another one. */
  renew(old: SpooledRecording): void {
    this.#sending = undefined;
    const fresh = this.#begin();
    for (const kept of old.kept.values()) {
      this.#note({ did: 'grow', key: fresh.key, sequence: kept.sequence, file: kept.file });
      this.#note({ did: 'keep', key: fresh.key, kept });
    }
    if (this.#current === old) this.#current = fresh;
    if (old.isEnded) this.#note({ did: 'end', key: fresh.key });
    this.closed(old);
  }

  /** No segment comes any more. */
  end(): void {
    this.#note({ did: 'end', key: this.#current.key });
    this.isEnded = true;
    this.#onEnd();
    this.#wake();
  }

  /** Resolves when there may be something to send. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  async close(): Promise<void> {
    this.#journal.close();
    await this.#lock.release();
  }

  #begin(): SpooledRecording {
    const at = this.#options.now();
    const key = `${this.#options.name} ${new Date(at).toISOString()} ${this.#options.chance}-${++this.#begun}`;
    this.#note({ did: 'begin', key, name: this.#options.name, at });
    return this.#recordings.get(key) as SpooledRecording;
  }

  #goesOn({ at, last, isEnded }: SpooledRecording): boolean {
    return !isEnded && last < RECORDING_SEGMENTS && this.#options.now() - at < RECORDING_MS;
  }

  #note(entry: Entry): void {
    this.#journal.append(entry);
    this.#take(entry);
  }

  #take(entry: Entry): void {
    if (entry.did === 'begin') {
      this.#recordings.set(entry.key, new SpooledRecording(entry.key, entry.name, entry.at));
    } else if (entry.did === 'close') {
      this.#recordings.delete(entry.key);
    } else {
      this.#recordings.get(entry.key)?.take(entry);
    }
  }

  /** What the journal says and what the folder has: a file that was made whole just before the end is taken in. */
  #reconcile(): void {
    for (const { key, kept, isEnded } of this.#recordings.values()) {
      for (const { sequence, file } of kept.values()) {
        if (!existsSync(join(this.folder, file))) this.#note({ did: 'drop', key, sequence });
      }
      if (!isEnded && key !== this.#current.key) this.#note({ did: 'end', key });
    }
    const known = new Set(this.#kept().map(({ file }) => file));
    for (const name of readdirSync(this.folder)) {
      if (/\.json(\.new)?$/.test(name) && !existsSync(join(this.folder, name.replace(/\.json(\.new)?$/, '')))) {
        rmSync(join(this.folder, name), { force: true });
      }
      if (!name.endsWith('.scap.gz') || known.has(name)) continue;
      const wasSent = [...this.#recordings.values()].some((recording) => {
        const sequence = recording.numberOf(name);
        return sequence !== undefined && recording.sent.has(sequence);
      });
      const manifest = readManifest(join(this.folder, name));
      if (wasSent) this.#remove(name);
      else if (manifest !== undefined && statSync(join(this.folder, name)).size === manifest.bytes)
        this.#keep(manifest);
    }
  }

  #keep({ file, bytes, sha256, events, firstTime, lastTime }: Manifest | SalvagedManifest): void {
    const owner = [...this.#recordings.values()].find((recording) => recording.numberOf(file) !== undefined);
    const { key } = owner ?? this.#current;
    const sequence = owner?.numberOf(file) ?? this.nextSequence();
    if (owner === undefined) this.#note({ did: 'grow', key, sequence, file });
    this.#note({ did: 'keep', key, kept: { sequence, file, bytes, sha256, events, firstTime, lastTime } });
  }

  /** Gives segments up until what is left, and what grows, is below the limit. */
  #enforce(growing: number): void {
    const { maxBytes, drop } = this.#options;
    if (maxBytes === undefined) return;
    for (let over = this.bytes + growing - maxBytes; over > 0;) {
      const free = this.#kept().filter(({ file }) => file !== this.#sending);
      const victim = drop === 'oldest' ? free[0] : free.at(-1);
      if (victim === undefined) return;
      this.#drop(victim);
      over -= victim.bytes;
    }
  }

  #drop({ recording, sequence, file, events, firstTime, lastTime }: SpooledSegment): void {
    this.#note({ did: 'drop', key: recording.key, sequence });
    this.#remove(file);
    this.dropped.segments++;
    this.dropped.events += events;
    const from = BigInt(firstTime ?? 0);
    this.#losses.push({ from, to: BigInt(lastTime ?? firstTime ?? 0), reason: 'spool full', lost: undefined, events });
  }

  #remove(file: string): void {
    const path = join(this.folder, file);
    rmSync(path, { force: true });
    rmSync(manifestPath(path), { force: true });
  }

  #kept(): SpooledSegment[] {
    return [...this.#recordings.values()].flatMap((recording) =>
      [...recording.kept.values()].map((kept) => ({ ...kept, recording, path: join(this.folder, kept.file) })),
    );
  }

  #wake(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
