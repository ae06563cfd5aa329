import type { ByteString } from '../../../model/byte-string.ts';

const DOT = 0x2e;
const CHUNK = 8192;

/** Bytes as text in which a dot stands for everything but printable ASCII. */
export function dottedText(bytes: Uint8Array): ByteString {
  const shown = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? byte : DOT));
  let text = '';
  for (let at = 0; at < shown.length; at += CHUNK) text += String.fromCharCode(...shown.subarray(at, at + CHUNK));
  return text;
}
