/**
 * A 64-bit integer, exact. A plain number while it is a safe integer, a bigint beyond that: the two never overlap, so
 * `===` decides equality and `<` compares across both.
 */
export type Integer = number | bigint;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** The canonical Integer for a bigint. */
export function integerOf(value: bigint): Integer {
  return value <= MAX_SAFE && value >= -MAX_SAFE ? Number(value) : value;
}

/** An unsigned 64-bit Integer from its two 32-bit halves. */
export function unsigned64(low: number, high: number): Integer {
  return high < 0x200000 ? high * 0x100000000 + low : (BigInt(high) << 32n) | BigInt(low);
}

/** A signed 64-bit Integer from its two 32-bit halves, both given unsigned. */
export function signed64(low: number, high: number): Integer {
  if (high < 0x200000) return high * 0x100000000 + low;
  if (high > 0xffe00000 || (high === 0xffe00000 && low > 0)) return (high - 0x100000000) * 0x100000000 + low;
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}
