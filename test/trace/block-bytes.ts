import { eventCode } from '../../engine/model/event-types.ts';

/** Bytes by hand: what the tests of a reader must not take from the writer. */
export type Bytes = readonly number[];

/** An integer of `size` bytes, the least significant first. */
function le(size: number, value: number | bigint): Bytes {
  const bits = BigInt.asUintN(size * 8, BigInt(value));
  return Array.from({ length: size }, (_, i) => Number((bits >> BigInt(i * 8)) & 255n));
}

export const u8 = (value: number): Bytes => le(1, value);
export const u16 = (value: number): Bytes => le(2, value);
export const u32 = (value: number): Bytes => le(4, value);
export const u64 = (value: number | bigint): Bytes => le(8, value);

/** The bytes of a text without its length or a NUL. */
export function ascii(text: string): Bytes {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** A text behind its 16-bit length. */
export function text(value: string): Bytes {
  return [...u16(value.length), ...ascii(value)];
}

/** A block: type, length, body, padding, length. */
export function block(type: number, ...parts: readonly Bytes[]): Uint8Array {
  const body = parts.flat();
  const padding = (4 - (body.length % 4)) % 4;
  const length = u32(12 + body.length + padding);
  return Uint8Array.from([...u32(type), ...length, ...body, ...le(padding, 0), ...length]);
}

/** A list entry behind its 32-bit length, which counts itself. */
export function entry(...parts: readonly Bytes[]): Bytes {
  const body = parts.flat();
  return [...u32(body.length + 4), ...body];
}

/** A section header. */
export function section(major = 1, minor = 2, options: Bytes = []): Uint8Array {
  return block(0x0a0d0d0a, u32(0x1a2b3c4d), u16(major), u16(minor), u64(-1), options);
}

/** What stands in an event block. */
export interface EventBytes {
  readonly type: string | number;
  readonly params?: readonly Bytes[];
  readonly time?: bigint;
  readonly tid?: number;
  readonly cpu?: number;
  /** Bytes of each parameter length. */
  readonly width?: number;
}

/** An event of version 2: header with the parameter count, lengths, parameters. */
export function event({ type, params = [], time = 1n, tid = 1, width = 2 }: EventBytes): Bytes {
  const lengths = params.flatMap((param) => le(width, param.length));
  const size = 26 + lengths.length + params.flat().length;
  const code = typeof type === 'number' ? type : eventCode(type);
  return [...u64(time), ...u64(tid), ...u32(size), ...u16(code), ...u32(params.length), ...lengths, ...params.flat()];
}

/** An event block of version 2. */
export function eventBlock(parts: EventBytes, extra: Bytes = []): Uint8Array {
  return block(0x216, u16(parts.cpu ?? 0), event(parts), extra);
}

/** An event block of version 1, whose header doesn't tell the parameter count. */
export function v1EventBlock(parts: EventBytes, type = 0x204): Uint8Array {
  const whole = event(parts);
  const size = u32(whole.length - 4);
  return block(type, u16(parts.cpu ?? 0), whole.slice(0, 16), size, whole.slice(20, 22), whole.slice(26));
}

/** Everything in one run of bytes. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
