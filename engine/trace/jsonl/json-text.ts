import { bytesOf, isAscii, type ByteString } from '../../model/byte-string.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** A longer text is written in base64, which can't grow sixfold as escapes can. */
const MAX_PLAIN_BYTES = 1024 * 1024;

/**
 * The JSON for a byte string: a text where it is valid UTF-8, else `{"base64": ...}`, so that no byte is lost and a
 * person can read what is readable.
 */
export function jsonOfText(text: ByteString): string {
  return jsonOfPlainText(text) ?? jsonOfBytes(text);
}

/** The JSON text for a byte string; undefined where it isn't valid UTF-8, or too long. */
export function jsonOfPlainText(text: ByteString): string | undefined {
  if (text.length > MAX_PLAIN_BYTES) return undefined;
  if (isAscii(text)) return JSON.stringify(text);
  try {
    return JSON.stringify(decoder.decode(bytesOf(text)));
  } catch {
    return undefined;
  }
}

/** The JSON for bytes that are no text. */
export function jsonOfBytes(bytes: ByteString): string {
  return `{"base64":"${btoa(bytes)}"}`;
}

/** The bytes of a base64 text; undefined if it isn't one. */
export function bytesOfBase64(text: ByteString): ByteString | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? atob(text) : undefined;
}
