import { gunzipSync, gzipSync } from 'node:zlib';
import type { ByteString } from '../../engine/model/byte-string.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { Event } from '../../engine/model/event.ts';
import type {
  FileEntry,
  GroupEntry,
  Machine,
  NetworkInterface,
  ProcessEntry,
  UserEntry,
} from '../../engine/model/snapshot.ts';
import type { Moment } from '../../engine/state/moment.ts';
import { createSystem } from '../../engine/state/system.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { openWriter, type TraceWriter } from '../../engine/trace/trace-writer.ts';

/** What a recording is about. */
interface Story {
  /** The process that all of its processes descend from. */
  readonly pid: number;
  /** The id of its container, as rules show it. */
  readonly container: ByteString;
}

/** A recording without what does not belong to its story. */
export interface StoryRecording {
  readonly bytes: Uint8Array;
  readonly events: number;
  /** Events of others that were left out. */
  readonly others: number;
}

/**
 * Leaves out of a capture whoever does not belong to its story. The agent records the lives of all processes, whatever
 * control groups it is limited to, and the state of the whole machine at the start; a recording that is published must
 * tell nothing of the machine that it was made on.
 */
export function storyOnly(capture: Uint8Array, story: Story): StoryRecording {
  const chunks: Uint8Array[] = [];
  const sink = new StorySink(
    story,
    openWriter('scap', (bytes) => void chunks.push(bytes)),
  );
  const reader = new DetectingReader(sink);
  reader.push(gunzipSync(capture));
  reader.end();
  sink.end();
  const wrong = [...reader.diagnostics, ...sink.diagnostics];
  if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('; '));
  return { bytes: gzipSync(Buffer.concat(chunks), { level: 9 }), events: sink.events, others: sink.others };
}

/** Passes on what belongs to a story: processes that descend from its first one, their files and what they do. */
class StorySink extends SystemSink {
  readonly #story: Story;
  readonly #writer: TraceWriter;
  readonly #kept: Set<number>;
  readonly #files = new Map<number, readonly FileEntry[]>();
  #entries: ProcessEntry[] = [];
  #isTold = false;
  events = 0;
  others = 0;

  constructor(story: Story, writer: TraceWriter) {
    super(createSystem(), (moment) => this.#take(moment));
    this.#story = story;
    this.#writer = writer;
    this.#kept = new Set([story.pid]);
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#writer.diagnostics;
  }

  override section(): void {
    super.section();
    this.#writer.section();
  }

  override machine(machine: Machine): void {
    super.machine(machine);
    this.#writer.machine(machine);
  }

  override interfaces(list: readonly NetworkInterface[]): void {
    super.interfaces(list);
    this.#writer.interfaces(list);
  }

  override users(users: readonly UserEntry[], groups: readonly GroupEntry[]): void {
    super.users(users, groups);
    this.#writer.users(users, groups);
  }

  override process(entry: ProcessEntry): void {
    super.process(entry);
    this.#entries.push(entry);
  }

  override files(tid: number, entries: readonly FileEntry[]): void {
    super.files(tid, entries);
    this.#files.set(tid, [...entries]);
  }

  override event(event: Event): void {
    this.#tellState();
    super.event(event);
  }

  end(): void {
    this.#tellState();
    this.#writer.end();
  }

  #take({ event, thread }: Moment): void {
    const isOurs =
      thread === undefined
        ? this.#kept.has(event.tid) || this.#isNews(event)
        : [event.tid, thread.pid, thread.ptid].some((id) => this.#kept.has(id));
    if (!isOurs) {
      this.others++;
      return;
    }
    this.events++;
    this.#writer.event(event);
    // The number of a thread that ended can be given to anybody.
    if (event.info.name === 'procexit') this.#kept.delete(event.tid);
    else if (thread !== undefined) this.#kept.add(event.tid);
  }

  /** News of the story's container, and of gaps, are told by no thread. */
  #isNews(event: Event): boolean {
    if (event.info.name === 'notification') return true;
    return event.info.name === 'asyncevent' && event.string(2).includes(this.#story.container);
  }

  /** Which processes there were is known when the first event comes. */
  #tellState(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const kept = this.#kept;
    for (let before = -1; before !== kept.size;) {
      before = kept.size;
      for (const { tid, pid, ptid } of this.#entries) if (kept.has(pid) || kept.has(ptid)) kept.add(tid);
    }
    for (const entry of this.#entries.filter(({ tid }) => kept.has(tid))) {
      this.#writer.process(entry);
      const files = this.#files.get(entry.tid);
      if (files !== undefined) this.#writer.files(entry.tid, files);
    }
  }
}
