/**
 * Text as Linux gives it: bytes, not characters. Inside the engine every text value is a *byte string*, a JavaScript
 * string in which each character is one byte (0 to 255). Comparisons, lengths and widths then equal Falco's, which
 * works on bytes; only output decodes UTF-8.
 */
export type ByteString = string;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const CHUNK = 8192;

/** The byte string for a run of bytes; stops at `end`, not at a NUL. */
export function byteString(bytes: Uint8Array, start = 0, end = bytes.length): ByteString {
  if (end - start <= CHUNK) return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  let text = '';
  for (let at = start; at < end; at += CHUNK) text += byteString(bytes, at, Math.min(end, at + CHUNK));
  return text;
}

/** The bytes of a byte string. */
export function bytesOf(text: ByteString): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A byte string from ordinary text (a rule file, a scenario), as UTF-8. */
export function fromUnicode(text: string): ByteString {
  return isAscii(text) ? text : byteString(encoder.encode(text));
}

/** Ordinary text for people and JSON; each malformed UTF-8 sequence becomes U+FFFD. */
export function toUnicode(text: ByteString): string {
  return isAscii(text) ? text : decoder.decode(bytesOf(text));
}

/** True when every character is below 128, where bytes and characters are the same thing. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
