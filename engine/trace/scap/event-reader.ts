import { Event } from '../../model/event.ts';
import { EVENT_TYPES } from '../../model/event-types.ts';
import type { TraceSink } from '../../model/trace.ts';
import type { TraceDiagnostics } from '../trace-diagnostics.ts';
import { WANT } from '../wants.ts';
import type { BlockKind } from './block-types.ts';
import { small64 } from './cursor.ts';
import {
  EVENT_TYPE_COUNT,
  HEADER,
  HEADER_BYTES,
  locateParams,
  locateV1Params,
  PARAM_COUNTS,
  V1_HEADER_BYTES,
} from './event-layout.ts';
import { NEED, NEEDS, Upgrader } from './upgrader.ts';

/** Type and length of a block, then the cpu. */
const BEFORE_EVENT_BYTES = 10;
const DUMP_FLAGS_BYTES = 4;
const TRAILER_BYTES = 4;
/** Dump flag of an event that a recorder's filter rejected. */
const STATE_ONLY = 1;

/** Reads the events of a capture's blocks, upgrades, numbers and delivers them. */
export class EventReader {
  /** The least bytes of an event block of today without dump flags. */
  static readonly MIN_BLOCK_BYTES = BEFORE_EVENT_BYTES + HEADER_BYTES + TRAILER_BYTES;

  readonly #sink: TraceSink;
  readonly #found: TraceDiagnostics;
  readonly #wants: Uint8Array;
  readonly #upgrader = new Upgrader();
  readonly #event = new Event();
  #unknown = 0;
  #newestType = 0;
  /** Events delivered or passed over by want: `evt.num` of the last one. */
  count = 0;

  constructor(sink: TraceSink, found: TraceDiagnostics, wants: Uint8Array | undefined) {
    this.#sink = sink;
    this.#found = found;
    this.#wants = wants ?? new Uint8Array(EVENT_TYPES.length).fill(WANT.ALL);
  }

  /** The least bytes that an event block of a kind has. */
  static minBlockBytes(kind: BlockKind): number {
    const header = kind.version === 1 ? V1_HEADER_BYTES : HEADER_BYTES;
    return BEFORE_EVENT_BYTES + (kind.flagged ? DUMP_FLAGS_BYTES : 0) + header + TRAILER_BYTES;
  }

  /** Says in which bytes the blocks lie that are read next. */
  pointAt(bytes: Uint8Array, view: DataView): void {
    this.#event.bytes = bytes;
    this.#event.view = view;
  }

  /**
   * Reads an event block of today without dump flags.
   *
   * @param at where the block begins in the bytes, and how long it is
   * @param base where the bytes begin in the stream
   */
  read(at: number, length: number, base: number): void {
    const event = this.#event;
    const { view } = event;
    const start = at + BEFORE_EVENT_BYTES;
    const type = view.getUint16(start + HEADER.TYPE, true);
    if (type >= EVENT_TYPE_COUNT) return this.#countUnknown(type);
    const need = NEEDS[type] as number;
    if (need === NEED.DROP) return;
    const isCurrent =
      need === NEED.NOTHING ||
      (need === NEED.ALL_PARAMS && view.getUint32(start + HEADER.PARAM_COUNT, true) >= (PARAM_COUNTS[type] as number));
    const want = this.#wants[type] as number;
    if (isCurrent && want === WANT.NOTHING) {
      this.count++;
      return;
    }
    this.#readHead(start, view.getUint16(at + 8, true), type);
    event.stateOnly = false;
    if (isCurrent && want === WANT.HEAD) event.paramCount = 0;
    else if (!locateParams(event, start, at + length - TRAILER_BYTES)) this.#tellCorrupt(base + at);
    if (isCurrent) {
      event.num = ++this.count;
      this.#sink.event(event);
    } else this.#upgrade();
  }

  /** Reads an event block of any kind. */
  readAny(kind: BlockKind, at: number, length: number, base: number): void {
    if (kind.version === 2 && !kind.flagged) return this.read(at, length, base);
    const event = this.#event;
    const { view } = event;
    const start = at + BEFORE_EVENT_BYTES + (kind.flagged ? DUMP_FLAGS_BYTES : 0);
    const type = view.getUint16(start + HEADER.TYPE, true);
    if (type >= EVENT_TYPE_COUNT) return this.#countUnknown(type);
    if (NEEDS[type] === NEED.DROP) return;
    this.#readHead(start, view.getUint16(at + 8, true), type);
    event.stateOnly = kind.flagged && (view.getUint32(at + BEFORE_EVENT_BYTES, true) & STATE_ONLY) !== 0;
    const locate = kind.version === 1 ? locateV1Params : locateParams;
    if (!locate(event, start, at + length - TRAILER_BYTES)) this.#tellCorrupt(base + at);
    this.#upgrade();
  }

  /** Says what was counted over the whole trace. */
  close(): void {
    if (this.#unknown > 0) {
      const message = `${this.#unknown} events of types that this version doesn't know were passed over`;
      const hint = `the newest of them is ${this.#newestType}, known are 0 to ${EVENT_TYPE_COUNT - 1}`;
      this.#found.once('TRACE_UNKNOWN_EVENT_TYPE', 'warning', message, undefined, hint);
    }
    if (this.#upgrader.strange > 0) {
      const message = `${this.#upgrader.strange} events have a number of parameters that no version writes`;
      this.#found.once('TRACE_STRANGE_EVENT', 'warning', message);
    }
    if (this.#upgrader.lostEntries > 0) {
      const message = `${this.#upgrader.lostEntries} entry events were given up: too many threads wait for an exit`;
      this.#found.once('TRACE_ENTRIES_LOST', 'warning', message);
    }
  }

  #readHead(start: number, cpu: number, type: number): void {
    const event = this.#event;
    const { view } = event;
    event.timeLow = view.getUint32(start + HEADER.TIME, true);
    event.timeHigh = view.getUint32(start + HEADER.TIME + 4, true);
    event.tid = small64(view.getUint32(start + HEADER.TID, true), view.getInt32(start + HEADER.TID + 4, true));
    event.cpu = cpu;
    event.type = type;
  }

  #upgrade(): void {
    const upgraded = this.#upgrader.apply(this.#event);
    if (upgraded === undefined) return;
    upgraded.num = ++this.count;
    const want = this.#wants[upgraded.type] as number;
    if (want === WANT.NOTHING) return;
    if (want === WANT.HEAD) upgraded.paramCount = 0;
    this.#sink.event(upgraded);
  }

  #countUnknown(type: number): void {
    this.#unknown++;
    this.#newestType = Math.max(this.#newestType, type);
  }

  #tellCorrupt(byteOffset: number): void {
    const message = `the parameters of an event at byte ${byteOffset} don't fit into it; it is read without them`;
    this.#found.add('TRACE_CORRUPT_EVENT', 'warning', message, byteOffset);
  }
}
