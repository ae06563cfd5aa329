import type { Event } from '../engine/model/event.ts';
import { fromUnicode } from '../engine/model/byte-string.ts';
import { EventBuilder } from '../engine/model/event-builder.ts';
import { ContainerWatch, type Met } from './containers/watch.ts';
import { startLoader, type Loader } from './loader-process.ts';
import type { RecordingOptions, Summary } from './recording-options.ts';
import type { RecordingControl, RecordingWatch } from './recording-watch.ts';
import type { Gap } from './segments/manifest.ts';
import { SegmentSeries } from './segments/series.ts';
import { readProc } from './snapshot/proc/state.ts';
import { StateReader } from './snapshot/state-reader.ts';
import { freed } from './stream/freed.ts';
import { KIND, STREAM_VERSION } from './stream/layout.ts';
import type { Record } from './stream/record.ts';
import { Splitter, StreamError } from './stream/splitter.ts';
import { isByProc, readHello, lostBetween, readStats, type Hello, type Stats } from './stream/stats.ts';
import { groupNames } from './table/processes.ts';
import { Transcoder } from './transcode/transcoder.ts';

/** Bytes on their way to the disk above which the stream is left alone, and below which it is read again. */
const WAITING = { MOST: 16 * 1024 * 1024, FEW: 4 * 1024 * 1024 };
const POLL_MS = 5;
/** Containers are told by no thread. */
const [NO_THREAD, NO_SYSCALL] = [0, -1];
/** A fresh state heals what was lost, but not more often than this. */
const HEAL_SECONDS = 10;

/**
 * Records until it is stopped: the loader's stream in, segments out. Nothing is lost without being counted: the kernel
 * part counts what did not fit into the ring, and when the loader itself ends before its time, that is a gap too.
 */
export class Recording implements RecordingControl {
  readonly #options: RecordingOptions;
  readonly #watches: readonly RecordingWatch[];
  readonly #containers: ContainerWatch;
  readonly #transcoder = new Transcoder();
  readonly #builder = new EventBuilder();
  readonly #gaps: Gap[] = [];
  readonly #segments: SegmentSeries;
  #loader: Loader | undefined;
  #hello: Hello | undefined;
  #stats: Stats | undefined;
  #statsTime = 0n;
  #state: StateReader | undefined;
  #lastTime = 0n;
  #lastHeal = 0n;
  #snapshotAsked = false;
  #hasEnded = false;
  #isHeld = false;
  #events = 0;
  #failure: Error | undefined;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#watches = options.watches ?? [];
    this.#containers = options.containers ?? new ContainerWatch();
    this.#segments = new SegmentSeries(options.target, options.syscalls, (manifest) => options.onSegment?.(manifest));
  }

  /** Starts; resolves when the state of the machine is written and events are being recorded. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const loader = startLoader(this.#options.loader);
      this.#loader = loader;
      let messages = '';
      loader.on('error', reject);
      loader.stdin.on('error', () => {});
      loader.stderr.on('data', (text: Buffer) => {
        messages = `${messages}${text.toString()}`.slice(-8192);
        this.#options.onMessage?.(text.toString());
      });
      const splitter = new Splitter((record) => this.#take(record, resolve));
      loader.stdout.on('data', (chunk: Buffer) => this.#push(splitter, chunk));
      loader.on('close', () => {
        if (this.#hello === undefined) reject(new Error(lastLine(messages) || 'the loader ended at once'));
        else if (!this.#hasEnded) this.#breakOff();
        // Of no effect where it had begun already.
        reject(this.#failure ?? new Error('the loader ended before the state of the machine was told'));
      });
    });
  }

  /** Resolves when the loader has ended, whether it was told to or not. */
  ended(): Promise<void> {
    const loader = this.#loader;
    if (loader === undefined || loader.exitCode !== null || loader.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => loader.once('close', () => resolve()));
  }

  /** Ends the recording: what is on its way is written, and every segment is whole. */
  async stop(): Promise<Summary> {
    this.#loader?.stdin.write('stop\n');
    await this.ended();
    this.#segments.retire(this.#stats, this.#hasEnded);
    const segments = await this.#segments.whole();
    if (this.#failure !== undefined) throw this.#failure;
    return { events: this.#events, segments, stats: this.#stats, gaps: this.#gaps };
  }

  /** Records other syscalls from now on. */
  select(selection: string): void {
    this.#loader?.stdin.write(`select ${selection}\n`);
  }

  keepData(bytes: number): void {
    this.#loader?.stdin.write(`snaplen ${bytes}\n`);
  }

  note(id: string, text: string): void {
    const params = [fromUnicode(id), fromUnicode(text)];
    this.#segments.current?.event(this.#builder.build('NOTIFICATION_E', { time: this.#lastTime, tid: -1 }, params));
  }

  step(step: number, text: string): void {
    this.note('creance.overload', text);
    this.#segments.step({ time: String(this.#lastTime), step, text });
  }

  cut(): boolean {
    if (!this.#options.target.isFolder) return false;
    if (!this.#snapshotAsked) this.#loader?.stdin.write('snapshot\n');
    this.#snapshotAsked = true;
    return true;
  }

  #push(splitter: Splitter, chunk: Buffer): void {
    try {
      splitter.push(chunk);
      freed(chunk);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#fail(error);
    }
    this.#holdBack();
  }

  /** Leaves the stream alone while the disk is behind or memory is short: the ring fills then, and what does not fit is counted. */
  #holdBack(): void {
    const { failure, waiting } = this.#segments;
    if (failure !== undefined) this.#fail(failure);
    if (this.#isHeld || this.#loader === undefined) return;
    const { memory } = this.#options;
    if (waiting <= WAITING.MOST && memory?.mustStop() !== true) return;
    const { stdout } = this.#loader;
    const start = performance.now();
    this.#isHeld = true;
    stdout.pause();
    const timer = setInterval(() => {
      const mayGoOn = this.#segments.waiting <= WAITING.FEW && memory?.mayGoOn(performance.now() - start) !== false;
      if (!mayGoOn && this.#segments.failure === undefined) return;
      this.#isHeld = false;
      clearInterval(timer);
      stdout.resume();
    }, POLL_MS);
  }

  #take(record: Record, onReady: () => void): void {
    switch (record.kind) {
      case KIND.SYSCALL:
      case KIND.EXEC:
      case KIND.EXIT:
        return this.#takeEvent(record);
      case KIND.HELLO:
        return this.#takeHello(record);
      case KIND.STATE_BEGIN:
        return this.#beginSegment(record);
      case KIND.STATE_END:
        this.#endState(record);
        return onReady();
      case KIND.HEARTBEAT:
        for (const watch of this.#watches) watch.heartbeat?.();
        return;
      case KIND.STATS:
      case KIND.END:
        return this.#takeStats(record);
      default:
        this.#state?.take(record);
    }
  }

  #takeEvent(record: Record): void {
    const event = this.#transcoder.event(record);
    if (event === undefined || this.#segments.current === undefined) return;
    if (record.process !== -1) this.#meet(groupNames(record), event.time());
    this.#write(event);
    for (const watch of this.#watches) watch.event?.(event, record.syscall);
  }

  #write(event: Event): void {
    this.#events++;
    this.#segments.current?.event(event);
  }

  #takeHello(record: Record): void {
    const hello = readHello(record);
    if (hello.version !== STREAM_VERSION) {
      return this.#fail(new Error(`the loader speaks version ${hello.version} of the stream, not ${STREAM_VERSION}`));
    }
    this.#hello = hello;
    this.#transcoder.setEpoch(hello.epoch);
    for (const watch of this.#watches) watch.begin?.(this, hello);
  }

  #beginSegment(record: Record): void {
    const hello = this.#hello as Hello;
    const epoch = this.#stats?.epoch ?? hello.epoch;
    this.#transcoder.setEpoch(epoch);
    this.#snapshotAsked = false;
    const segment = this.#segments.begin(hello, this.#timeOf(record, epoch), this.#stats);
    const sinks = this.#watches.flatMap((watch) => watch.state?.() ?? []);
    this.#state = new StateReader([segment.writer, ...sinks], (groups) =>
      this.#containers.meet(groups, seconds(this.#segments.start)),
    );
    this.#state.begin(hello, epoch);
  }

  #endState(record: Record): void {
    if (isByProc(record)) this.#state?.takeProc(readProc());
    this.#state?.end();
    this.#state = undefined;
    this.#lastTime = this.#timeOf(record, this.#stats?.epoch ?? (this.#hello as Hello).epoch);
    for (const met of this.#containers.all) this.#tellContainer(met, this.#segments.start);
    this.#segments.current?.flush();
  }

  #meet(groups: readonly string[], time: bigint): void {
    const met = this.#containers.meet(groups, seconds(time));
    if (met !== undefined) this.#tellContainer(met, time);
  }

  #tellContainer({ json }: Met, time: bigint): void {
    const event = this.#builder.build('ASYNCEVENT_E', { time, tid: NO_THREAD }, [0, 'container', json]);
    this.#segments.current?.event(event);
    for (const watch of this.#watches) watch.event?.(event, NO_SYSCALL);
  }

  #takeStats(record: Record): void {
    const before = this.#stats;
    const stats = readStats(record);
    this.#stats = stats;
    const time = this.#timeOf(record, stats.epoch);
    const lost = lostBetween(before, stats);
    if (lost !== undefined)
      this.#gap({ from: this.#statsTime || this.#segments.start, to: time, reason: 'ring full', lost });
    this.#statsTime = time;
    this.#lastTime = time;
    this.#segments.current?.startAt(stats);
    for (const gap of this.#options.target.losses?.(this.#segments.current?.file.written ?? 0) ?? []) this.#gap(gap);
    if (record.kind === KIND.END) {
      this.#hasEnded = true;
      return;
    }
    for (const watch of this.#watches) watch.stats?.(stats);
    this.#segments.current?.flush();
    this.#holdBack();
    this.#rotate(time, lost !== undefined);
  }

  /** Asks for a fresh state, and with it for a new segment, when this one is large, or old, or has a gap. */
  #rotate(time: bigint, isBroken: boolean): void {
    const { limits, target } = this.#options;
    if (this.#snapshotAsked || !target.isFolder || this.#segments.current === undefined) return;
    const age = seconds(time) - seconds(this.#segments.start);
    const heals = isBroken && seconds(time) - seconds(this.#lastHeal) >= HEAL_SECONDS;
    if (this.#segments.current.bytes < limits.bytes && age < limits.seconds && !heals) return;
    if (heals) this.#lastHeal = time;
    this.cut();
  }

  #gap(gap: Gap): void {
    this.#gaps.push(gap);
    this.#segments.current?.gap(gap);
    for (const watch of this.#watches) watch.gap?.(gap);
  }

  /** The loader ended before its time: what it had counted last is all that is known. */
  #breakOff(): void {
    const now = BigInt(Date.now()) * 1_000_000n;
    const to = now > this.#lastTime ? now : this.#lastTime;
    this.#gap({ from: this.#lastTime, to, reason: 'recorder ended', lost: undefined });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#loader?.stdin.end();
    this.#loader?.stdout.destroy();
  }

  #timeOf(record: Record, epoch: bigint): bigint {
    return ((BigInt(record.timeHigh) << 32n) | BigInt(record.timeLow)) + epoch;
  }
}

function seconds(time: bigint): number {
  return Number(time / 1_000_000_000n);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
