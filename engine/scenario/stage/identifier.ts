import type { ByteString } from '../../model/byte-string.ts';
import { textHash } from '../../model/text-hash.ts';

/** Hexadecimal digits that follow from a text alone (32-bit FNV-1a, chained): ids that are the same in every run. */
export function digitsOf(text: ByteString, count: number): ByteString {
  let digits = '';
  for (let round = 0; digits.length < count; round++) {
    let hash = textHash(`${text}#${round}`);
    hash ^= hash >>> 15;
    digits += (Math.imul(hash, 0x2c1b3c6d) >>> 0).toString(16).padStart(8, '0');
  }
  return digits.slice(0, count);
}

/** An id of the form of a UUID. */
export function uuidOf(text: ByteString): ByteString {
  const digits = digitsOf(text, 32);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
