import type { Event } from '../model/event.ts';

/** Copies an event into another one that owns its bytes; they grow as needed and are reused. */
export function copyEvent(from: Event, to: Event): void {
  copyHead(from, to);
  to.type = from.type;
  to.paramCount = 0;
  for (let i = 0; i < from.paramCount; i++) appendParam(from, i, from.lengths[i] as number, to);
}

/** Copies what an event keeps when its layout changes: number, time, thread, cpu. */
export function copyHead(from: Event, to: Event): void {
  to.num = from.num;
  to.timeLow = from.timeLow;
  to.timeHigh = from.timeHigh;
  to.tid = from.tid;
  to.cpu = from.cpu;
  to.stateOnly = from.stateOnly;
}

/** Appends the first `length` bytes of a parameter of another event. */
export function appendParam(from: Event, index: number, length: number, to: Event): void {
  const at = reserve(to, length);
  const source = from.bytes;
  const start = from.starts[index] as number;
  const target = to.bytes;
  if (length <= 64) for (let i = 0; i < length; i++) target[at + i] = source[start + i] as number;
  else target.set(source.subarray(start, start + length), at);
}

/** Appends a parameter of given bytes. */
export function appendBytes(bytes: Uint8Array, to: Event): void {
  const at = reserve(to, bytes.length);
  to.bytes.set(bytes, at);
}

/** Appends a parameter of `length` equal bytes; 0 bytes are an absent one. */
export function appendFilled(byte: number, length: number, to: Event): void {
  const at = reserve(to, length);
  to.bytes.fill(byte, at, at + length);
}

function reserve(event: Event, length: number): number {
  const index = event.paramCount;
  const at = index === 0 ? 0 : (event.starts[index - 1] as number) + (event.lengths[index - 1] as number);
  if (at + length > event.bytes.length) {
    const grown = new Uint8Array(Math.max(256, (at + length) * 2));
    grown.set(event.bytes.subarray(0, at));
    event.bytes = grown;
    event.view = new DataView(grown.buffer);
  }
  event.starts[index] = at;
  event.lengths[index] = length;
  event.paramCount = index + 1;
  return at;
}
