import { bytesOf, fromUnicode } from '../../engine/model/byte-string.ts';

/** Bytes of an address in words: dotted, or all eight groups of an IPv6 one (`::` is understood). */
export function hostBytes(text: string): Uint8Array {
  if (!text.includes(':')) return Uint8Array.from(text.split('.'), Number);
  const [head, tail] = text.split('::').map((side) => (side === '' ? [] : side.split(':'))) as [string[], string[]?];
  const groups =
    tail === undefined ? head : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}

/** A sockaddr parameter: `ADDRESS PORT`, `unix PATH`, or `family N`. */
export function addressBytes(words: string): Uint8Array {
  const [first, second] = split(words);
  if (first === 'unix') return Uint8Array.from([1, ...bytesOf(`${fromUnicode(second)}\0`)]);
  if (first === 'family') return Uint8Array.of(Number(second));
  const ip = hostBytes(first);
  return Uint8Array.from([familyOf(ip), ...ip, ...portBytes(second)]);
}

/** A socktuple parameter: `ADDRESS PORT > ADDRESS PORT`, `unix HEX > HEX PATH`, or `family N`. */
export function tupleBytes(words: string): Uint8Array {
  if (words.startsWith('family')) return addressBytes(words);
  const [from, to] = words.split(' > ') as [string, string];
  const [source, sourcePort] = split(from);
  const [dest, destPort] = split(to);
  if (source === 'unix') {
    return Uint8Array.from([
      1,
      ...pointerBytes(sourcePort),
      ...pointerBytes(dest),
      ...bytesOf(`${fromUnicode(destPort)}\0`),
    ]);
  }
  const ips = [hostBytes(source), hostBytes(dest)] as const;
  return Uint8Array.from([familyOf(ips[0]), ...ips[0], ...portBytes(sourcePort), ...ips[1], ...portBytes(destPort)]);
}

function split(words: string): [string, string] {
  const at = words.indexOf(' ');
  return at === -1 ? [words, ''] : [words.slice(0, at), words.slice(at + 1)];
}

function familyOf(ip: Uint8Array): number {
  return ip.length === 4 ? 2 : 10;
}

function portBytes(text: string): number[] {
  return [Number(text) & 0xff, Number(text) >> 8];
}

function pointerBytes(hex: string): number[] {
  return Array.from({ length: 8 }, (_, i) => Number((BigInt(`0x${hex}`) >> BigInt(8 * i)) & 0xffn));
}
