import type { Hello, Stats } from '../stream/stats.ts';
import type { Manifest, OverloadStep } from './manifest.ts';
import { Segment } from './segment.ts';
import type { Target } from './target.ts';

/** The segments of a recording: one is being written, those before it are being closed or are whole. */
export class SegmentSeries {
  readonly #target: Target;
  readonly #syscalls: readonly string[];
  readonly #onSegment: (manifest: Manifest) => void;
  readonly #closing: Promise<void>[] = [];
  readonly #manifests: Manifest[] = [];
  #sequence = 0;
  #failure: Error | undefined;
  #step: OverloadStep | undefined;
  current: Segment | undefined;
  /** When the current one began, in nanoseconds since the epoch. */
  start = 0n;

  constructor(target: Target, syscalls: readonly string[], onSegment: (manifest: Manifest) => void) {
    this.#target = target;
    this.#syscalls = syscalls;
    this.#onSegment = onSegment;
  }

  /** Bytes that are on their way to the disk. */
  get waiting(): number {
    return this.current?.file.waiting ?? 0;
  }

  /** What the disk refused, if it did. */
  get failure(): Error | undefined {
    const failure = this.#failure ?? this.current?.file.failure;
    return failure === undefined || failure instanceof Error ? failure : new Error(String(failure));
  }

  /** Begins the next segment; the one before it is whole. */
  begin(hello: Hello, start: bigint, stats: Stats | undefined): Segment {
    this.retire(stats, true);
    this.#sequence = this.#target.nextSequence?.() ?? this.#sequence + 1;
    this.start = start;
    this.current = new Segment(this.#target.path(this.#sequence, start), {
      sequence: this.#sequence,
      hostname: hello.hostname,
      kernel: hello.release,
      syscalls: this.#syscalls,
      withManifest: this.#target.isFolder,
      redaction: this.#target.redaction,
    });
    if (stats !== undefined) this.current.startAt(stats);
    if (this.#step !== undefined && this.#step.step > 0) this.current.step(this.#step);
    return this.current;
  }

  /** A step of overload is taken; later segments begin in it. */
  step(step: OverloadStep): void {
    this.#step = step;
    this.current?.step(step);
  }

  /** Ends the current segment; it is closed beside the recording. */
  retire(stats: Stats | undefined, isWhole: boolean): void {
    const { current } = this;
    if (current === undefined) return;
    this.current = undefined;
    const closed = current.close(stats, isWhole).then((manifest) => {
      this.#manifests.push(manifest);
      this.#target.whole?.(manifest);
      this.#onSegment(manifest);
    });
    this.#closing.push(closed.catch((error: unknown) => void (this.#failure ??= error as Error)));
  }

  /** Resolves when all are closed. Throws what the disk refused. */
  async whole(): Promise<readonly Manifest[]> {
    await Promise.all(this.#closing);
    if (this.#failure !== undefined) throw this.#failure;
    return this.#manifests;
  }
}
