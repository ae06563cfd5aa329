import type { ByteString } from '../model/byte-string.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(256).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/**
 * Bytes of a base64 text: standard alphabet, with or without padding. Undefined for any other character, for a single
 * character too many, and when bits are left over that are not zero.
 */
export function decodeBase64(text: ByteString): ByteString | undefined {
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  if (end === 0) return text === '' ? '' : undefined;
  if (end % 4 === 1) return undefined;
  let bytes = '';
  let bits = 0;
  let held = 0;
  for (let i = 0; i < end; i++) {
    const value = VALUES[text.charCodeAt(i)] as number;
    if (value === -1) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return held === 0 ? bytes : undefined;
}
