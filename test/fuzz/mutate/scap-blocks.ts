import { blockKind } from '../../../engine/trace/scap/block-types.ts';
import { joinBytes } from './bytes.ts';

/** A block of a capture, taken apart as far as needed to put it together again. */
export interface Block {
  readonly type: number;
  readonly body: Uint8Array;
  /** What is said of the length in front and at the end, where that is not the truth. */
  readonly says?: number;
  readonly saysAtEnd?: number;
}

/** An event block taken apart. */
export interface LooseEvent {
  readonly cpu: number;
  readonly time: bigint;
  readonly tid: bigint;
  readonly type: number;
  readonly params: readonly Uint8Array[];
  /** What is said of the event's length and its count of parameters, where that is not the truth. */
  readonly saysLength?: number;
  readonly saysCount?: number;
}

/** Event types whose parameter lengths have four bytes are not taken apart. */
const EVENT_V2 = 0x216;
const EVENT_HEAD_BYTES = 2 + 26;

/** The blocks of a capture; what is not framed as one is left out. */
export function blocksOf(capture: Uint8Array): Block[] {
  const view = new DataView(capture.buffer, capture.byteOffset, capture.byteLength);
  const blocks: Block[] = [];
  for (let at = 0; at + 12 <= capture.length;) {
    const length = view.getUint32(at + 4, true);
    if (length < 12 || at + length > capture.length) break;
    blocks.push({ type: view.getUint32(at, true), body: capture.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

/** A capture made of blocks. */
export function captureOf(blocks: readonly Block[]): Uint8Array {
  return joinBytes(blocks.map(blockBytes));
}

function blockBytes({ type, body, says, saysAtEnd }: Block): Uint8Array {
  const length = 12 + body.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, says ?? length, true);
  bytes.set(body, 8);
  view.setUint32(length - 4, saysAtEnd ?? length, true);
  return bytes;
}

/** True for a block that holds an event, of any layout. */
export function isEvent({ type }: Block): boolean {
  return blockKind(type)?.holds === 'event';
}

/** The event of a block of today's layout; undefined where the block is another one, or damaged. */
export function eventOf({ type, body }: Block): LooseEvent | undefined {
  if (type !== EVENT_V2 || body.length < EVENT_HEAD_BYTES) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = view.getUint32(24, true);
  let at = EVENT_HEAD_BYTES + 2 * count;
  const params: Uint8Array[] = [];
  for (let i = 0; i < count && at <= body.length; i++) {
    const length = view.getUint16(EVENT_HEAD_BYTES + 2 * i, true);
    params.push(body.subarray(at, at + length));
    at += length;
  }
  if (at > body.length) return undefined;
  const number = view.getUint16(22, true);
  return {
    cpu: view.getUint16(0, true),
    time: view.getBigUint64(2, true),
    tid: view.getBigUint64(10, true),
    type: number,
    params,
  };
}

/** The block of an event: of today's layout, or of version 1, which does not tell the count of parameters. */
export function eventBlock(event: LooseEvent, version: 1 | 2 = 2): Block {
  const head = version === 2 ? EVENT_HEAD_BYTES : EVENT_HEAD_BYTES - 4;
  const params = joinBytes(event.params);
  const bytes = head + 2 * event.params.length + params.length;
  const body = new Uint8Array(bytes + ((4 - (bytes % 4)) % 4));
  const view = new DataView(body.buffer);
  view.setUint16(0, event.cpu, true);
  view.setBigUint64(2, event.time, true);
  view.setBigUint64(10, event.tid, true);
  view.setUint32(18, event.saysLength ?? bytes - 2, true);
  view.setUint16(22, event.type, true);
  if (version === 2) view.setUint32(24, event.saysCount ?? event.params.length, true);
  for (const [i, { length }] of event.params.entries()) view.setUint16(head + 2 * i, length, true);
  body.set(params, head + 2 * event.params.length);
  return { type: version === 2 ? EVENT_V2 : 0x204, body };
}
