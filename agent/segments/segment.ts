import { basename } from 'node:path';
import type { Event } from '../../engine/model/event.ts';
import { EventBuilder } from '../../engine/model/event-builder.ts';
import { fromUnicode } from '../../engine/model/byte-string.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { ScapWriter } from '../../engine/trace/scap/scap-writer.ts';
import { Redaction, type RedactionSettings } from '../redaction/redaction.ts';
import { total, type Stats } from '../stream/stats.ts';
import { gapJson, gapText, type Gap, type Manifest, type OverloadStep } from './manifest.ts';
import { writeManifest } from './manifest-file.ts';
import { SegmentFile, type WrittenFile } from './segment-file.ts';

/** What a segment is part of. */
export interface SegmentOf {
  readonly sequence: number;
  readonly hostname: string;
  readonly kernel: string;
  readonly syscalls: readonly string[];
  /** Write the manifest beside the file. */
  readonly withManifest: boolean;
  readonly redaction?: RedactionSettings | undefined;
}

/**
 * One self-contained capture: it begins with the state of the machine, and every event of its time follows. What was lost
 * is said in it, and in the manifest.
 */
export class Segment {
  /** Takes the state of the machine. */
  readonly writer: TraceSink;
  readonly file: SegmentFile;
  readonly #writer: ScapWriter;
  readonly #redaction: Redaction | undefined;
  readonly #of: SegmentOf;
  readonly #gaps: Gap[] = [];
  readonly #steps: OverloadStep[] = [];
  readonly #builder = new EventBuilder();
  #first: Stats | undefined;
  #firstTime: bigint | undefined;
  #lastLow = 0;
  #lastHigh = 0;
  events = 0;
  bytes = 0;

  constructor(path: string, of: SegmentOf) {
    this.#of = of;
    this.file = new SegmentFile(path);
    this.#redaction = of.redaction === undefined ? undefined : new Redaction(of.redaction);
    this.#writer = new ScapWriter((bytes) => {
      this.bytes += bytes.length;
      this.file.write(bytes);
    });
    this.writer = this.#redaction?.before(this.#writer) ?? this.#writer;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  event(event: Event): void {
    event.num = ++this.events;
    this.#firstTime ??= event.time();
    this.#lastLow = event.timeLow;
    this.#lastHigh = event.timeHigh;
    this.#redaction?.event(event);
    this.#writer.event(event);
  }

  /** Events were lost: says so in the recording, at the time at which it was noticed. */
  gap(gap: Gap): void {
    this.#gaps.push(gap);
    const params = ['creance.gap', fromUnicode(gapText(gap))];
    this.event(this.#builder.build('NOTIFICATION_E', { time: gap.to, tid: -1 }, params));
  }

  /** A step of overload is taken, or was when it began. */
  step(step: OverloadStep): void {
    this.#steps.push(step);
  }

  /** What was counted before its first event. */
  startAt(stats: Stats): void {
    this.#first ??= stats;
  }

  /** Sends what there is to the disk. */
  flush(): void {
    this.#writer.flush();
    this.file.flush();
  }

  /** Ends it. */
  async close(last: Stats | undefined, isWhole: boolean): Promise<Manifest> {
    this.#writer.end();
    const told: Manifest[] = [];
    await this.file.close((written) => {
      const manifest = this.#manifest(written, last, isWhole);
      if (this.#of.withManifest) writeManifest(written.path, manifest);
      told.push(manifest);
    });
    return told[0] as Manifest;
  }

  #manifest({ path, bytes, sha256 }: WrittenFile, last: Stats | undefined, isWhole: boolean): Manifest {
    const between = (pick: (stats: Stats) => number) =>
      last === undefined ? 0 : pick(last) - (this.#first === undefined ? 0 : pick(this.#first));
    const dropped = between((stats) => total(stats.dropped));
    const { sequence, hostname, kernel, syscalls } = this.#of;
    return {
      format: 'creance-segment-1',
      file: basename(path),
      bytes,
      sha256,
      sequence,
      hostname,
      kernel,
      firstTime: this.#firstTime === undefined ? undefined : String(this.#firstTime),
      lastTime: this.#firstTime === undefined ? undefined : String(this.#lastTime()),
      events: this.events,
      complete: isWhole && !this.#gaps.some(isOfThisSegment) && dropped === 0,
      seen: between((stats) => total(stats.seen)),
      sent: between((stats) => total(stats.sent)),
      dropped,
      foreign: between((stats) => stats.foreign),
      gaps: this.#gaps.map(gapJson),
      ...(this.#steps.length === 0 ? {} : { overload: this.#steps }),
      ...(this.#redaction === undefined ? {} : { redaction: this.#redaction.report() }),
      syscalls,
    };
  }

  #lastTime(): bigint {
    return (BigInt(this.#lastHigh) << 32n) | BigInt(this.#lastLow);
  }
}

/** A segment that was given up is told of in a later one, which lacks nothing itself. */
function isOfThisSegment({ reason }: Gap): boolean {
  return reason !== 'spool full';
}
