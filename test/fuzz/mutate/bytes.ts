import type { Random } from '../random.ts';
import { MAX_INPUT } from '../target.ts';

/** Numbers at which readers of lengths and counts trip. */
export const EDGES: readonly bigint[] = [
  0n,
  1n,
  2n,
  -1n,
  -2n,
  -100n,
  0x7fn,
  0x80n,
  0xffn,
  0x100n,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x10000n,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x100000000n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];

/** Makes some changes to bytes of any meaning. */
export function changeBytes(bytes: Uint8Array, random: Random, samples: readonly Uint8Array[]): Uint8Array {
  let changed = bytes;
  for (let left = random.count(4); left > 0; left--) changed = changeOnce(changed, random, samples);
  return changed.length > MAX_INPUT ? changed.slice(0, MAX_INPUT) : changed;
}

function changeOnce(bytes: Uint8Array, random: Random, samples: readonly Uint8Array[]): Uint8Array {
  const { from, to } = random.stretch(bytes.length);
  const at = random.below(bytes.length + 1);
  switch (random.below(8)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return joinBytes([bytes.subarray(0, from), bytes.subarray(to)]);
    case 2:
      return joinBytes([bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at)]);
    case 3: {
      const other = random.pick(samples);
      const piece = random.stretch(other.length);
      return joinBytes([bytes.subarray(0, at), other.subarray(piece.from, piece.to), bytes.subarray(at)]);
    }
    case 4:
      return withNumber(bytes, at, random.pick([1, 2, 4, 8]), random.pick(EDGES));
    case 5:
      return withNumber(bytes, at, random.pick([1, 2, 4]), BigInt(random.below(2 ** 16)));
    default:
      return flipped(bytes, at, random.below(8));
  }
}

/** The same bytes with a number, the least significant byte first, written over those at a place. */
export function withNumber(bytes: Uint8Array, at: number, size: number, value: bigint): Uint8Array {
  const changed = bytes.slice();
  const bits = BigInt.asUintN(64, value);
  for (let i = 0; i < size && at + i < changed.length; i++) changed[at + i] = Number((bits >> BigInt(8 * i)) & 255n);
  return changed;
}

/** All bytes in one run. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const changed = bytes.slice();
  if (at < changed.length) changed[at] = (changed[at] as number) ^ (1 << bit);
  return changed;
}
