import type { Spool, SpooledSegment } from './spool.ts';
import type { SpooledRecording } from './spooled-recording.ts';

/**
 * What became of a segment: the receiver has it, will never take it (`refused`), or does not take anything more of this
 * recording (`gone`).
 */
export type Outcome = 'kept' | 'refused' | 'gone';

/** Where segments are sent. What may pass is thrown, and tried again. */
export interface Receiver {
  send(segment: SpooledSegment): Promise<Outcome>;
  /** Nothing more comes of this recording. */
  close(recording: SpooledRecording): Promise<'closed' | 'gone'>;
}

/** What was sent, and what was tried. */
export interface SendCounts {
  sent: number;
  sentBytes: number;
  refused: number;
  failures: number;
}

/** How long is waited between tries, and by whom. */
export interface SenderOptions {
  /** Between 0 and 1: a thousand nodes do not come back at once. */
  chance(): number;
  wait(milliseconds: number): Promise<void>;
  /** Told once when sending begins to fail, and when it works again. */
  onTrouble?(error: Error | undefined): void;
}

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 300_000;

/** Empties a spool: one segment after the other, the oldest first, each until the receiver has it. */
export class Sender {
  readonly #spool: Spool;
  readonly #receiver: Receiver;
  readonly #options: SenderOptions;
  readonly counts: SendCounts = { sent: 0, sentBytes: 0, refused: 0, failures: 0 };
  #failures = 0;

  constructor(spool: Spool, receiver: Receiver, options: SenderOptions) {
    this.#spool = spool;
    this.#receiver = receiver;
    this.#options = options;
  }

  /** Sends until it is stopped, or until the spool has ended and is empty. */
  async run(stop: Promise<void>): Promise<void> {
    let isStopped = false;
    void stop.then(() => (isStopped = true));
    for (let wasEnded = false; !isStopped; wasEnded = this.#spool.isEnded) {
      // When nothing more comes, it is tried at once, and after short pauses again.
      if (this.#spool.isEnded && !wasEnded) this.#failures = 0;
      const changed = this.#spool.changed();
      if (await this.#step()) continue;
      const isEmpty = this.#spool.segments + this.#spool.toClose.length === 0;
      if (isEmpty && this.#spool.isEnded) return;
      const next = isEmpty ? changed : this.#pause();
      await Promise.race(this.#spool.isEnded ? [stop, next] : [stop, next, this.#spool.ended]);
    }
  }

  /** One segment, or one end of a recording. False when there was none, or it did not work. */
  async #step(): Promise<boolean> {
    const segment = this.#spool.take();
    const [recording] = this.#spool.toClose;
    if (segment === undefined && recording === undefined) return false;
    try {
      if (recording !== undefined) await this.#close(recording);
      else if (segment !== undefined) await this.#send(segment);
    } catch (error) {
      this.#spool.put();
      this.counts.failures++;
      if (this.#failures++ === 0) this.#options.onTrouble?.(error as Error);
      return false;
    }
    if (this.#failures > 0) this.#options.onTrouble?.(undefined);
    this.#failures = 0;
    return true;
  }

  async #send(segment: SpooledSegment): Promise<void> {
    const outcome = await this.#receiver.send(segment);
    if (outcome === 'gone') return this.#spool.renew(segment.recording);
    if (outcome === 'refused') {
      this.counts.refused++;
      return this.#spool.refused(segment);
    }
    this.counts.sent++;
    this.counts.sentBytes += segment.bytes;
    this.#spool.sent(segment);
  }

  async #close(recording: SpooledRecording): Promise<void> {
    // Of a recording without a segment nobody knows.
    if (recording.sent.size > 0) await this.#receiver.close(recording);
    this.#spool.closed(recording);
  }

  #pause(): Promise<void> {
    const most = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, this.#failures - 1));
    return this.#options.wait(most * (0.5 + this.#options.chance() / 2));
  }
}
