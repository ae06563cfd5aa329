import type { Event } from '../engine/model/event.ts';
import type { TraceSink } from '../engine/model/trace.ts';
import type { Gap } from './segments/manifest.ts';
import type { Hello, Stats } from './stream/stats.ts';

/** What whoever watches a recording may do with it. */
export interface RecordingControl {
  /** Records other syscalls from now on: a bit each, as `selectionText()` writes them. */
  select(selection: string): void;
  /** Keeps so many bytes of what is read and written from now on. */
  keepData(bytes: number): void;
  /** Says something in the recording: a notification. */
  note(id: string, text: string): void;
  /** Says which step of overload is taken, in the recording and in the manifests. */
  step(step: number, text: string): void;
  /** Begins a new segment, as soon as the state of the machine is told; false where there is one file alone. */
  cut(): boolean;
}

/** Whoever wants to know what is recorded while it is. All of it is called in the order in which it happens. */
export interface RecordingWatch {
  /** A recording runs, or runs again after its loader was started anew. */
  begin?(control: RecordingControl, hello: Hello): void;
  /** The state of the machine is about to be told: who takes it gives a sink for it. */
  state?(): TraceSink | undefined;
  /** An event, valid during the call, and the number of its syscall. */
  event?(event: Event, syscall: number): void;
  /** Once a second, at most. */
  stats?(stats: Stats): void;
  /** The loader's call came back through the ring. */
  heartbeat?(): void;
  gap?(gap: Gap): void;
}
