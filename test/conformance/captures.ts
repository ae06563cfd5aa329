import type { Moment } from '../../engine/state/moment.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { createSystem } from '../../engine/state/system.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { decompressed, type ConformanceData } from './conformance-data.ts';

/** How a file is fed. */
export interface Feeding {
  /** `WANT` by event type, as for the readers. */
  readonly wants?: Uint8Array;
  /** Awaited after each piece of at most so many bytes. */
  readonly pieces?: { readonly bytes: number; after(): Promise<void> };
}

/** Feeds a file of the data to a sink, as the command line does. */
export async function feed(data: ConformanceData, path: string, sink: TraceSink, feeding: Feeding = {}): Promise<void> {
  const { wants, pieces } = feeding;
  const reader = new DetectingReader(sink, wants);
  for await (const bytes of decompressed(data, path)) {
    if (pieces === undefined) reader.push(bytes);
    else {
      for (let at = 0; at < bytes.length; at += pieces.bytes) {
        reader.push(bytes.subarray(at, at + pieces.bytes));
        await pieces.after();
      }
    }
  }
  reader.end();
  const [problem] = reader.diagnostics;
  if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
}

/** Takes a trace and shows each moment that rules may see. */
export function visibleMoments(onMoment: (moment: Moment) => void): TraceSink {
  return new SystemSink(createSystem(), (moment) => {
    if (moment.visible) onMoment(moment);
  });
}

/** The path of a capture, which may be compressed or not. */
export async function capturePath(data: ConformanceData, capture: string): Promise<string> {
  const file = (await data.list('captures')).find(
    (name) => name === `${capture}.scap` || name === `${capture}.scap.gz`,
  );
  if (file === undefined) throw new Error(`no capture ${capture}`);
  return `captures/${file}`;
}
