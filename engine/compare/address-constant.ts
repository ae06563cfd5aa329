import type { ByteString } from '../model/byte-string.ts';
import { toUnicode } from '../model/byte-string.ts';
import { Refusal } from './refusal.ts';

/** An address as 4 or 16 raw bytes. A dot makes it IPv4, so that IPv6 with an IPv4 tail is refused, as in Falco. */
export function parseAddress(text: ByteString): ByteString | Refusal {
  const isV4 = text.includes('.');
  const bytes = isV4 ? parseIpv4(text) : parseIpv6(text);
  return bytes ?? new Refusal(`unrecognized ${isV4 ? 'IPv4' : 'IPv6'} address ${toUnicode(text)}`);
}

/** Four decimal numbers without leading zeros. */
export function parseIpv4(text: string): ByteString | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bytes = '';
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes += String.fromCharCode(Number(part));
  }
  return bytes;
}

/** Eight groups of up to four hexadecimal digits; `::` once for one group of zeros or more. */
export function parseIpv6(text: string): ByteString | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  if (tail === undefined ? head.length !== 8 : zeros < 1) return undefined;
  let bytes = '';
  for (const group of [...head, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? [])]) {
    if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
    const value = Number.parseInt(group, 16);
    bytes += String.fromCharCode(value >> 8, value & 255);
  }
  return bytes;
}
