import { byteString, toUnicode, type ByteString } from '../../model/byte-string.ts';
import type { Kind } from './kind.ts';
import { refuse } from './scalars.ts';

/** Where a connection goes: an address or name with a port, or a unix socket by its path. */
export type Address =
  | { readonly kind: 'internet'; readonly host: ByteString; readonly port: number }
  | { readonly kind: 'unix'; readonly path: ByteString };

/** `203.0.113.5:443`, `[2001:db8::1]:443`, `name:443`, or a path for a unix socket. */
export const address: Kind<Address> = {
  schema: { type: 'string', pattern: '^(/.*|\\[[0-9a-fA-F:.]+\\]:\\d+|[^:/\\s]+:\\d+)$' },
  read: (reader, node, what) => {
    const value = reader.text(node, what);
    if (value === undefined) return undefined;
    if (value.startsWith('/')) return { kind: 'unix', path: value };
    const parts = /^(?:\[([0-9a-fA-F:.]+)\]|([^:/\s]+)):(\d{1,5})$/.exec(value);
    const port = Number(parts?.[3]);
    if (parts !== null && port <= 65_535) return { kind: 'internet', host: (parts[1] ?? parts[2]) as string, port };
    const hint = value.split(':').length > 2 ? 'an IPv6 address stands in brackets: [2001:db8::1]:443' : undefined;
    const example = 'for instance 203.0.113.5:443, or a path for a unix socket';
    return refuse(reader, node, `${what} must be an address with a port, not '${toUnicode(value)}'`, hint ?? example);
  },
};

/** The 4 or 16 bytes of an address written in digits; undefined for anything else, such as a name. */
export function parseIp(written: ByteString): ByteString | undefined {
  return written.includes(':') ? parseIpv6(written) : parseIpv4(written);
}

function parseIpv4(written: ByteString): ByteString | undefined {
  const numbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(written)?.slice(1).map(Number);
  return numbers === undefined || numbers.some((part) => part > 255) ? undefined : byteString(Uint8Array.from(numbers));
}

function parseIpv6(written: ByteString): ByteString | undefined {
  const halves = written.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [groupsOf(halves[0] as string), halves[1] === undefined ? [] : groupsOf(halves[1])];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return byteString(Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff])));
}

/** The 16-bit groups of one half of an IPv6 address; an IPv4 address may end it. */
function groupsOf(half: string): number[] | undefined {
  if (half === '') return [];
  const groups: number[] = [];
  for (const part of half.split(':')) {
    const v4 = part.includes('.') ? parseIpv4(part) : undefined;
    if (v4 !== undefined) {
      const [a, b, c, d] = [...v4].map((letter) => letter.charCodeAt(0)) as [number, number, number, number];
      groups.push((a << 8) | b, (c << 8) | d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
