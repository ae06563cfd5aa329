import { bytesOf, type ByteString } from '../../model/byte-string.ts';

/** The probe reports this much of what is read or written. */
const SNAPLEN = 80;

/** What was read or written, as far as it is reported. */
export function payload(data: ByteString, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(SNAPLEN, Math.max(length, 0)));
  bytes.set(bytesOf(data.slice(0, bytes.length)));
  return bytes;
}
