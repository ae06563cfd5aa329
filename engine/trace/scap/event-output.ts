import type { Event } from '../../model/event.ts';
import { MAX_SCAP_BLOCK_BYTES, MAX_SCAP_EVENT_BLOCK_BYTES } from '../../model/limits.ts';
import type { BlockOutput } from './block-output.ts';
import { EVENT_V2, EVENT_V2_LARGE, FLAGGED_EVENT_V2, FLAGGED_EVENT_V2_LARGE } from './block-types.ts';
import { HEADER_BYTES, LENGTH_WIDTHS } from './event-layout.ts';

/** Head, cpu, dump flags and trailer of an event block with its padding, at most. */
const AROUND_EVENT_BYTES = 24;
/** Dump flag of an event that no rule may see. */
const STATE_ONLY = 1;
/** What a 16-bit parameter length can say. */
const MAX_SHORT_PARAM_BYTES = 65_535;

/** True if an event fits into a block of its type and its lengths into their fields. */
export function fitsBlock(event: Event): boolean {
  const width = LENGTH_WIDTHS[event.type] as number;
  if (width === 4) return eventBytes(event) + AROUND_EVENT_BYTES <= MAX_SCAP_BLOCK_BYTES;
  for (let i = 0; i < event.paramCount; i++) if ((event.lengths[i] as number) > MAX_SHORT_PARAM_BYTES) return false;
  return eventBytes(event) + AROUND_EVENT_BYTES <= MAX_SCAP_EVENT_BLOCK_BYTES;
}

/** Writes an event block. The event must fit into one. */
export function writeEvent(event: Event, out: BlockOutput): void {
  const large = LENGTH_WIDTHS[event.type] === 4;
  out.beginBlock(blockType(event.stateOnly, large));
  out.uint16(event.cpu);
  if (event.stateOnly) out.uint32(STATE_ONLY);
  out.uint32(event.timeLow);
  out.uint32(event.timeHigh);
  out.integer64(event.tid);
  out.uint32(eventBytes(event));
  out.uint16(event.type);
  out.uint32(event.paramCount);
  writeParams(event, large, out);
  out.endBlock();
}

/** Header, lengths and parameters. */
function eventBytes(event: Event): number {
  let bytes = HEADER_BYTES + event.paramCount * (LENGTH_WIDTHS[event.type] as number);
  for (let i = 0; i < event.paramCount; i++) bytes += event.lengths[i] as number;
  return bytes;
}

function writeParams(event: Event, large: boolean, out: BlockOutput): void {
  const { starts, lengths, paramCount } = event;
  for (let i = 0; i < paramCount; i++) {
    if (large) out.uint32(lengths[i] as number);
    else out.uint16(lengths[i] as number);
  }
  for (let i = 0; i < paramCount; i++) {
    const start = starts[i] as number;
    if ((lengths[i] as number) > 0) out.bytes(event.bytes, start, start + (lengths[i] as number));
  }
}

function blockType(flagged: boolean, large: boolean): number {
  if (flagged) return large ? FLAGGED_EVENT_V2_LARGE : FLAGGED_EVENT_V2;
  return large ? EVENT_V2_LARGE : EVENT_V2;
}
