import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { gunzip } from '../../../functions/gunzip/gunzip.ts';
import { inflate, type Inflated } from './inflated.ts';

const TEXT = new TextEncoder().encode('the quick brown fox '.repeat(10_000));
const PACKED = gzipSync(TEXT);

describe('gunzip', () => {
  it.each<[string, Uint8Array, number, string[]]>([
    ['a whole file', PACKED, TEXT.length, []],
    ['several members', join(PACKED, PACKED, PACKED), 3 * TEXT.length, []],
    ['a member of nothing between two', join(PACKED, gzipSync(''), PACKED), 2 * TEXT.length, []],
    ['an empty file within gzip', gzipSync(''), 0, []],
    ['no bytes', new Uint8Array(0), 0, []],
    ['bytes that are not gzip', TEXT, TEXT.length, []],
    ['zeros behind the end, as on a tape', join(PACKED, new Uint8Array(1_000)), TEXT.length, []],
    ['other bytes behind the end', join(PACKED, TEXT), TEXT.length, ['GZIP_TRAILING_BYTES']],
    ['a file without its trailer', PACKED.subarray(0, -8), TEXT.length, ['GZIP_TRUNCATED']],
    ['a file without the last byte of its trailer', PACKED.subarray(0, -1), TEXT.length, ['GZIP_TRUNCATED']],
    ['a file that ends in its header', PACKED.subarray(0, 5), 0, ['GZIP_TRUNCATED']],
    ['a second member that ends in its header', join(PACKED, PACKED.subarray(0, 3)), TEXT.length, ['GZIP_TRUNCATED']],
    [
      'a header of an unknown method',
      join(PACKED, Uint8Array.of(0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0)),
      TEXT.length,
      ['GZIP_CORRUPT'],
    ],
    ['a checksum that differs', changed(PACKED, PACKED.length - 6), TEXT.length, ['GZIP_CHECKSUM']],
    ['a length that differs', changed(PACKED, PACKED.length - 1), TEXT.length, ['GZIP_CHECKSUM']],
    ['a block of a kind that is none', join(PACKED.subarray(0, 10), Uint8Array.of(0xff, 0xff)), 0, ['GZIP_CORRUPT']],
  ])('delivers what decodes of %s', async (_, packed, bytes, codes) => {
    const { text, found } = await inflate(packed, 1_000);
    expect(text.length).toBe(bytes);
    expect(found).toEqual(codes);
  });

  it('skips what a header may hold', async () => {
    const flags = Uint8Array.of(0x1f, 0x8b, 8, 0b11110, 0, 0, 0, 0, 0, 3);
    const extra = Uint8Array.of(2, 0, 1, 2);
    const texts = new TextEncoder().encode('name\0comment\0');
    const packed = join(flags, extra, texts, Uint8Array.of(9, 9), deflateRawSync(TEXT), PACKED.subarray(-8));
    expect(await inflate(packed, 7)).toEqual({ text: TEXT, found: [] });
  });

  it('gives the same bytes and findings however the input is cut', async () => {
    const inputs = [PACKED, PACKED.subarray(0, -300), changed(PACKED, 200), join(PACKED, PACKED, TEXT.subarray(0, 9))];
    const whole = await Promise.all(inputs.map((input) => inflate(input, input.length)));
    await fc.assert(
      fc.asyncProperty(fc.nat(inputs.length - 1), fc.integer({ min: 1, max: 700 }), async (which, size) => {
        expect(await inflate(inputs[which] as Uint8Array, size)).toEqual(whole[which] as Inflated);
      }),
      { numRuns: 40 },
    );
  });

  it('stops a bomb at the limit, and says so', async () => {
    const bomb = gzipSync(new Uint8Array(64 * 1024 * 1024));
    let bytes = 0;
    const found: string[] = [];
    const report = ({ code }: { code: string }): void => void found.push(code);
    for await (const chunk of gunzip(once(bomb), { maxBytes: 1_000_000, report })) bytes += chunk.length;
    expect(bytes).toBe(1_000_000);
    expect(found).toEqual(['TRACE_LIMIT']);
  });

  it('tells the producer when nothing more is wanted', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield PACKED;
      } finally {
        closed = true;
      }
    }
    for await (const chunk of gunzip(endless())) if (chunk.length > 0) break;
    expect(closed).toBe(true);
  });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] as number) ^ 0xff;
  return copy;
}
