import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RecordingControl, RecordingWatch } from '../recording-watch.ts';
import type { Manifest, Trigger } from '../segments/manifest.ts';
import { manifestPath, writeManifest } from '../segments/manifest-file.ts';
import { segmentName, type Target } from '../segments/target.ts';
import type { WrittenFile } from '../segments/segment-file.ts';
import { joinSegments } from './joined-segments.ts';

/** How a flight recorder is kept. */
export interface FlightOptions {
  /** The folder of the ring; what it has from before is removed. */
  readonly folder: string;
  /** Where frozen recordings go. */
  readonly frozen: Target;
  /** Seconds that are kept from before a trigger, at least, and from after it. */
  readonly before: number;
  readonly after: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A recording is frozen and whole on disk. */
  onFrozen?(manifest: Manifest): void;
  /** One could not be frozen. */
  onTrouble?(error: Error): void;
}

interface Freeze {
  readonly triggers: Trigger[];
  /** Nanoseconds and milliseconds since the epoch. */
  readonly from: bigint;
  readonly until: number;
  /** The last segment that belongs to it, once it is known. */
  last: number | undefined;
}

/** Triggers that one recording names; those above it are counted in the recording's events alone. */
const MAX_TRIGGERS = 100;

/**
 * A ring of segments on the disk: what is older than the seconds asked for is removed, until a trigger freezes it. The
 * frozen recording begins with the state of the machine, reaches from before the trigger to after it, and says what
 * triggered it. A trigger while one is being frozen is named in the same recording.
 */
export class FlightRecorder implements Target, RecordingWatch {
  readonly isFolder = true;
  readonly redaction: Target['redaction'];
  readonly #options: FlightOptions;
  #segments: Manifest[] = [];
  #control: RecordingControl | undefined;
  #freeze: Freeze | undefined;
  #growing = 0;
  #joining: Promise<void> = Promise.resolve();
  readonly counts = { frozen: 0, triggers: 0 };

  constructor(options: FlightOptions) {
    this.#options = options;
    this.redaction = options.frozen.redaction;
    rmSync(options.folder, { recursive: true, force: true });
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  }

  path(sequence: number, time: bigint): string {
    this.#growing = sequence;
    return join(this.#options.folder, segmentName(sequence, time));
  }

  nextSequence(): number {
    return this.#growing + 1;
  }

  whole(manifest: Manifest): void {
    this.#segments.push(manifest);
    if (this.#freeze?.last === manifest.sequence) this.#finish();
    this.#prune();
  }

  begin(control: RecordingControl): void {
    this.#control = control;
  }

  stats(): void {
    const freeze = this.#freeze;
    if (freeze === undefined || freeze.last !== undefined || this.#options.now() < freeze.until) return;
    freeze.last = this.#growing;
    this.#control?.cut();
  }

  /** Freezes what there is, and what follows. */
  trigger(by: Trigger['by'], text: string): void {
    const now = this.#options.now();
    this.counts.triggers++;
    const { before, after } = this.#options;
    this.#freeze ??= {
      triggers: [],
      from: BigInt(now - before * 1000) * 1_000_000n,
      until: now + after * 1000,
      last: undefined,
    };
    const { triggers } = this.#freeze;
    if (triggers.length === MAX_TRIGGERS) return;
    triggers.push({ time: String(BigInt(now) * 1_000_000n), by, text });
    this.#control?.note('creance.freeze', `${by}: ${text}`);
  }

  /** After the recording has ended: what was to be frozen is, as far as it goes, and the ring is removed. */
  async end(): Promise<void> {
    if (this.#freeze !== undefined) this.#finish();
    await this.#joining;
    rmSync(this.#options.folder, { recursive: true, force: true });
  }

  #finish(): void {
    const { triggers, from } = this.#freeze as Freeze;
    this.#freeze = undefined;
    const parts = this.#segments
      .toSorted((a, b) => a.sequence - b.sequence)
      .filter(({ lastTime }) => lastTime !== undefined && BigInt(lastTime) >= from);
    const first = parts[0];
    if (first === undefined) return;
    const { frozen, folder, onFrozen, onTrouble } = this.#options;
    this.#joining = this.#joining
      .then(async () => {
        const sequence = frozen.nextSequence?.() ?? this.counts.frozen + 1;
        const path = frozen.path(sequence, BigInt(first.firstTime ?? 0));
        const paths = parts.map(({ file }) => join(folder, file));
        let manifest: Manifest | undefined;
        await joinSegments(paths, path, (written) => {
          manifest = manifestOf(written, parts, triggers, sequence);
          writeManifest(path, manifest);
        });
        this.counts.frozen++;
        if (manifest === undefined) return;
        frozen.whole?.(manifest);
        onFrozen?.(manifest);
      })
      .catch((error: unknown) => onTrouble?.(error as Error))
      .then(() => this.#prune());
    this.#held = parts;
  }

  /** Segments that a recording is being made of. */
  #held: readonly Manifest[] = [];

  #prune(): void {
    const { now, before, folder } = this.#options;
    const limit = this.#freeze?.from ?? BigInt(now() - before * 1000) * 1_000_000n;
    const isOld = ({ lastTime }: Manifest) => lastTime === undefined || BigInt(lastTime) < limit;
    const old = this.#segments.filter((manifest) => isOld(manifest) && !this.#held.includes(manifest));
    this.#segments = this.#segments.filter((manifest) => !old.includes(manifest));
    for (const { file } of old) {
      rmSync(join(folder, file), { force: true });
      rmSync(manifestPath(join(folder, file)), { force: true });
    }
  }
}

function manifestOf(
  { path, bytes, sha256 }: WrittenFile,
  parts: readonly Manifest[],
  triggers: readonly Trigger[],
  sequence: number,
): Manifest {
  const sum = (pick: (part: Manifest) => number) => parts.reduce((all, part) => all + pick(part), 0);
  return {
    ...(parts[0] as Manifest),
    file: basename(path),
    bytes,
    sha256,
    sequence,
    lastTime: parts.at(-1)?.lastTime,
    events: sum(({ events }) => events),
    complete: parts.every(({ complete }) => complete),
    seen: sum(({ seen }) => seen),
    sent: sum(({ sent }) => sent),
    dropped: sum(({ dropped }) => dropped),
    foreign: sum(({ foreign }) => foreign),
    gaps: parts.flatMap(({ gaps }) => gaps),
    triggers,
  };
}
