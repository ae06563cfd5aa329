import type { ByteString } from '../model/byte-string.ts';

/** Lower case as C's `tolower` in the C locale: ASCII letters only. */
export function asciiLower(text: ByteString): ByteString {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Upper case as C's `toupper` in the C locale: ASCII letters only. */
export function asciiUpper(text: ByteString): ByteString {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
