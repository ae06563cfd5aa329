import { byteString, type ByteString } from '../../model/byte-string.ts';

/** An address as people write it. */
export function printIp(ip: ByteString): string {
  const bytes = [...ip].map((letter) => letter.charCodeAt(0));
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}

/** 4 bytes of an address. */
export function ipv4(a: number, b: number, c: number, d: number): ByteString {
  return byteString(Uint8Array.of(a, b, c, d));
}
