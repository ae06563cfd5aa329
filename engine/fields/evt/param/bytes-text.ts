import type { ByteString } from '../../../model/byte-string.ts';

const DOT = 0x2e;
const CHUNK = 8192;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What Falco's buffer for one value holds. Of bytes that don't fit it shows one less. */
const SHOWN_BYTES = 1_022;

/** Bytes as text in which a dot stands for everything but printable ASCII. */
export function dottedText(bytes: Uint8Array): ByteString {
  const shown = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? byte : DOT));
  let text = '';
  for (let at = 0; at < shown.length; at += CHUNK) text += String.fromCharCode(...shown.subarray(at, at + CHUNK));
  return text;
}

/** Bytes in base64, with its padding. */
export function base64Text(bytes: Uint8Array): ByteString {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += digit(three >> 18) + digit(three >> 12);
    text += (left > 1 ? digit(three >> 6) : '=') + (left > 2 ? digit(three) : '=');
  }
  return text;
}

/**
 * A buffer as an output shows it, within the bounds of Falco's memory for one value: cut with dots, and in base64 not at
 * all when it is too long. Falco then shows what the field showed before it, which is nothing at first.
 */
export function shownBuffer(bytes: Uint8Array, inBase64: boolean): ByteString {
  if (!inBase64) return dottedText(bytes.length > SHOWN_BYTES ? bytes.subarray(0, SHOWN_BYTES - 1) : bytes);
  return 4 * Math.ceil(bytes.length / 3) < SHOWN_BYTES ? base64Text(bytes) : '';
}

function digit(bits: number): string {
  return ALPHABET[bits & 63] as string;
}
