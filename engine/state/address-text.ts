import type { ByteString } from '../model/byte-string.ts';
import { IPV4_BYTES, IPV6_BYTES, isMapped, portAt } from './socket-layout.ts';

/** An IPv4 address as text. */
export function ipv4Text(bytes: Uint8Array, at: number): ByteString {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** An IPv6 address as text, without brackets, as `inet_ntop` of glibc writes it. */
export function ipv6Text(bytes: Uint8Array, at: number): ByteString {
  const words = Array.from(
    { length: 8 },
    (_, i) => ((bytes[at + 2 * i] as number) << 8) | (bytes[at + 2 * i + 1] as number),
  );
  const [start, count] = longestZeros(words);
  let text = '';
  for (let i = 0; i < 8; i++) {
    if (count > 0 && i >= start && i < start + count) {
      if (i === start) text += ':';
      continue;
    }
    if (i !== 0) text += ':';
    // Addresses that embed an IPv4 one end in it.
    if (i === 6 && start === 0 && (count === 6 || (count === 5 && words[5] === 0xffff))) {
      return text + ipv4Text(bytes, at + 12);
    }
    text += (words[i] as number).toString(16);
  }
  return count > 0 && start + count === 8 ? `${text}:` : text;
}

/** The longest run of at least two zero words, the first of equals: where it starts and how long it is. */
function longestZeros(words: readonly number[]): [number, number] {
  let best: [number, number] = [-1, 0];
  for (let i = 0; i < words.length; i++) {
    let end = i;
    while (end < words.length && words[end] === 0) end++;
    if (end - i >= 2 && end - i > best[1]) best = [i, end - i];
    i = Math.max(i, end - 1);
  }
  return best;
}

/** `ADDRESS:PORT` of a sockaddr parameter (family, address, port). */
export function sockaddrText(bytes: Uint8Array): ByteString {
  return bytes.length === 1 + IPV4_BYTES + 2
    ? `${ipv4Text(bytes, 1)}:${portAt(bytes, 5)}`
    : `${ipv6Text(bytes, 1)}:${portAt(bytes, 17)}`;
}

/** `SOURCE:PORT->DEST:PORT` of IPv4 addresses and ports at the given places. */
export function ipv4TupleText(
  bytes: Uint8Array,
  source: number,
  sourcePort: number,
  dest: number,
  destPort: number,
): ByteString {
  return `${ipv4Text(bytes, source)}:${portAt(bytes, sourcePort)}->${ipv4Text(bytes, dest)}:${portAt(bytes, destPort)}`;
}

/** The same for IPv6. */
export function ipv6TupleText(
  bytes: Uint8Array,
  source: number,
  sourcePort: number,
  dest: number,
  destPort: number,
): ByteString {
  return `${ipv6Text(bytes, source)}:${portAt(bytes, sourcePort)}->${ipv6Text(bytes, dest)}:${portAt(bytes, destPort)}`;
}

/** An internet socktuple parameter (family, source, port, destination, port); a mapped pair is shown as IPv4. */
export function socktupleText(bytes: Uint8Array): ByteString {
  if (bytes.length === 1 + 2 * IPV4_BYTES + 4) return ipv4TupleText(bytes, 1, 5, 7, 11);
  const mapped = isMapped(bytes, 1) && isMapped(bytes, 3 + IPV6_BYTES);
  return mapped ? ipv4TupleText(bytes, 13, 17, 31, 35) : ipv6TupleText(bytes, 1, 17, 19, 35);
}
