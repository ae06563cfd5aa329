import type { RecordingOptions, Summary } from './recording-options.ts';
import { Recording } from './recording.ts';
import { total } from './stream/stats.ts';

/** What came of all recordings between the start and the stop. */
export interface RecordSummary {
  readonly events: number;
  readonly segments: number;
  readonly seen: number;
  readonly dropped: number;
  /** Calls of 32-bit programs, which are not recorded. */
  readonly foreign: number;
  readonly gaps: number;
  /** How often the loader had to be started again. */
  readonly restarts: number;
  /** The last error, where the loader could not be kept running. */
  readonly failure: string | undefined;
}

/** How a recording is kept running. */
export interface RecordControl {
  /** Resolves when it is to end. */
  readonly stop: Promise<void>;
  /** Called when events are being recorded, again after each restart. */
  onReady(): void;
  /** Called when the loader ended before its time. */
  onBreak?(): void;
}

/** Restarts without a second of recording between them after which it is given up. */
const MAX_RESTARTS = 5;
const BACKOFF_MS = 1000;

/**
 * Records until it is told to stop. A loader that ends before its time is started again; what lies between is a gap that
 * the recording tells. Throws when the first start fails.
 */
export async function record(options: RecordingOptions, control: RecordControl): Promise<RecordSummary> {
  const sums = { events: 0, segments: 0, seen: 0, dropped: 0, foreign: 0, gaps: 0 };
  let isStopping = false;
  let restarts = 0;
  let failures = 0;
  let failure: string | undefined;
  void control.stop.then(() => (isStopping = true));
  for (;;) {
    const recording = new Recording(options);
    try {
      await recording.start();
      failures = 0;
      control.onReady();
    } catch (error) {
      if (restarts === 0) throw error;
      failure = (error as Error).message;
      if (++failures > MAX_RESTARTS) break;
    }
    await Promise.race([control.stop, recording.ended()]);
    add(sums, await recording.stop());
    if (isStopping || !options.target.isFolder) break;
    control.onBreak?.();
    restarts++;
    await Promise.race([control.stop, pause(BACKOFF_MS * (failures + 1))]);
    if (isStopping) break;
  }
  return { ...sums, restarts, failure };
}

function add(
  sums: { events: number; segments: number; seen: number; dropped: number; foreign: number; gaps: number },
  { events, segments, stats, gaps }: Summary,
): void {
  sums.events += events;
  sums.segments += segments.length;
  sums.gaps += gaps.length;
  if (stats === undefined) return;
  sums.seen += total(stats.seen);
  sums.dropped += total(stats.dropped);
  sums.foreign += stats.foreign;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
