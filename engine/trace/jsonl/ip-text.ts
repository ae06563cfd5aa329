import type { ByteString } from '../../model/byte-string.ts';

/** An IP address of 4 or 16 raw bytes as people write it; IPv6 as RFC 5952 has it, with a dotted end where it maps IPv4. */
export function ipText(address: ByteString): string {
  const bytes = Array.from(address, (character) => character.charCodeAt(0));
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({ length: 8 }, (_, i) => (bytes[i * 2] as number) * 256 + (bytes[i * 2 + 1] as number));
  if (words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff)
    return `::ffff:${bytes.slice(12).join('.')}`;
  const [start, length] = longestZeros(words);
  const hex = words.map((word) => word.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The raw bytes of an address as people write it; undefined if it is none. */
export function ipBytes(text: string): ByteString | undefined {
  if (text.length > 45) return undefined;
  return text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text);
}

function ipv4Bytes(text: string): ByteString | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.some((byte) => byte > 255) ? undefined : String.fromCharCode(...bytes);
}

function ipv6Bytes(text: string): ByteString | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const front = wordBytes(head, tail === undefined);
  const back = wordBytes(tail ?? '', true);
  if (front === undefined || back === undefined) return undefined;
  const missing = 16 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return front + '\0'.repeat(missing) + back;
}

/** The bytes of words between colons; the last may be a dotted IPv4 address. */
function wordBytes(text: string, mayEndDotted: boolean): ByteString | undefined {
  if (text === '') return '';
  let bytes = '';
  const words = text.split(':');
  for (const [index, word] of words.entries()) {
    const dotted = mayEndDotted && index === words.length - 1 && word.includes('.') ? ipv4Bytes(word) : undefined;
    if (dotted === undefined && !/^[0-9a-fA-F]{1,4}$/.test(word)) return undefined;
    const value = Number.parseInt(word, 16);
    bytes += dotted ?? String.fromCharCode(value >> 8, value & 255);
  }
  return bytes;
}

/** Where the longest run of zero words begins, and its length. */
function longestZeros(words: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  for (let at = 0; at < words.length; at++) {
    let length = 0;
    while (words[at + length] === 0) length++;
    if (length > best[1]) best = [at, length];
  }
  return best;
}
