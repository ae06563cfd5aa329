/** Digits of the longest number that can matter; what is longer is beyond 64 bits. */
const MAX_DIGITS = 20;

/**
 * A number as C's `scanf("%d")` takes it with nothing after it: blanks before it, a sign, decimal digits. Undefined when
 * the text is anything else. A number too big for `bits` wraps as it does in Falco.
 */
export function scanNumber(text: string, bits: 32 | 64): number | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)0*([0-9]+)$/.exec(text);
  if (match === null) return undefined;
  const limit = 1n << 63n;
  const digits = match[2] as string;
  const size = digits.length > MAX_DIGITS ? limit : BigInt(digits);
  const value = match[1] === '-' ? -size : size;
  return Number(BigInt.asIntN(bits, value >= limit ? limit - 1n : value < -limit ? -limit : value));
}
