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

/**
 * Writes an event block.
 *
 * @returns false, with nothing written, if the event is larger than a block of its type can be
 */
export function writeEvent(event: Event, out: BlockOutput): boolean {
  const width = LENGTH_WIDTHS[event.type] as number;
  const large = width === 4;
  const count = event.paramCount;
  let paramBytes = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const length = event.lengths[i] as number;
    paramBytes += length;
    if (length > longest) longest = length;
  }
  const length = HEADER_BYTES + count * width + paramBytes;
  const limit = large ? MAX_SCAP_BLOCK_BYTES : MAX_SCAP_EVENT_BLOCK_BYTES;
  if (length + AROUND_EVENT_BYTES > limit || (!large && longest > MAX_SHORT_PARAM_BYTES)) return false;
  out.beginBlock(blockType(event.stateOnly, large));
  out.uint16(event.cpu);
  if (event.stateOnly) out.uint32(STATE_ONLY);
  out.uint32(event.timeLow);
  out.uint32(event.timeHigh);
  out.integer64(event.tid);
  out.uint32(length);
  out.uint16(event.type);
  out.uint32(count);
  writeParams(event, large, out);
  out.endBlock();
  return true;
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
