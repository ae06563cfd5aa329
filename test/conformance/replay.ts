import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import type { Moment } from '../../engine/state/moment.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { createSystem } from '../../engine/state/system.ts';
import { captureBytes } from './golden-fields.ts';

/** Lets a capture happen, and shows each moment that rules may see. */
export function replay(capture: string, onMoment: (moment: Moment) => void): void {
  const sink = new SystemSink(createSystem(), (moment) => {
    if (moment.visible) onMoment(moment);
  });
  const reader = new ScapReader(sink);
  reader.push(captureBytes(capture));
  reader.end();
}
