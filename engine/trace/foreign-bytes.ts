import { detectEncoding } from './detect-encoding.ts';

/** Says what the first bytes are of something that should have been `wanted` but isn't, and what to do. */
export function explainForeignBytes(bytes: Uint8Array, wanted: string): { message: string; hint?: string } {
  const not = `this is not ${wanted}`;
  if (startsWith(bytes, [0x1f, 0x8b])) {
    return {
      message: `${not}: it is compressed with gzip`,
      hint: 'decompress it before it is read; it may be compressed twice',
    };
  }
  if (startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd]))
    return { message: `${not}: it is compressed with zstd`, hint: 'decompress it first' };
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]))
    return { message: `${not}: it is a zip archive`, hint: 'unpack it first' };
  if (startsWith(bytes, [0x7f, 0x45, 0x4c, 0x46])) return { message: `${not}: it is a program (ELF)` };
  if (PCAP_MAGICS.some((magic) => startsWith(bytes, magic))) {
    return { message: `${not}: it is a capture of network packets (pcap)` };
  }
  if (detectEncoding(bytes) === 'jsonl')
    return { message: `${not}: it is JSON`, hint: 'is it a jsonl trace, or a list of alerts?' };
  if (bytes.length >= 4 && bytes.subarray(0, 64).every(isTextByte)) return { message: `${not}: it is a text` };
  return { message: `${not}: its first bytes are of no format that is known here` };
}

const PCAP_MAGICS = [
  [0xd4, 0xc3, 0xb2, 0xa1],
  [0xa1, 0xb2, 0xc3, 0xd4],
  [0x4d, 0x3c, 0xb2, 0xa1],
];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function isTextByte(byte: number): boolean {
  return byte === 0x09 || byte === 0x0a || byte === 0x0d || (byte >= 0x20 && byte !== 0x7f);
}
