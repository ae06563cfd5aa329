import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackMembers } from '../../../functions/web/page/judge/gzip-members.ts';

async function unpackedOf(packed: Uint8Array): Promise<{ text: string; isDamaged: boolean }> {
  const { chunks, isDamaged } = await unpackMembers(packed, () => {});
  return { text: Buffer.concat(chunks).toString('latin1'), isDamaged };
}

describe('gzip files on the page', () => {
  it('unpack whatever members they have', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), async (parts) => {
        const { text, isDamaged } = await unpackedOf(Buffer.concat(parts.map((part) => gzipSync(part))));
        expect(text).toBe(Buffer.concat(parts).toString('latin1'));
        expect(isDamaged).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('may hold what looks like the beginning of a member', async () => {
    const looks = Buffer.from([0x1f, 0x8b, 8, 0].flatMap((byte) => [byte, byte]).concat([0x1f, 0x8b, 8, 0, 0, 0]));
    // Stored, not deflated: the bytes stand in the file as they are.
    const packed = Buffer.concat([gzipSync(looks, { level: 0 }), gzipSync('behind')]);
    expect(await unpackedOf(packed)).toEqual({ text: `${looks.toString('latin1')}behind`, isDamaged: false });
  });

  it('give what comes before a place that is cut off', async () => {
    const first = gzipSync('a'.repeat(5_000));
    const second = gzipSync(Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 251)));
    const { text, isDamaged } = await unpackedOf(Buffer.concat([first, second.subarray(0, -20)]));
    expect(text.startsWith('a'.repeat(5_000))).toBe(true);
    expect(isDamaged).toBe(true);
  });

  it('end a search that would not end', async () => {
    const looks = Buffer.alloc(200_000, Buffer.from([0x1f, 0x8b, 8, 0]));
    const { isDamaged } = await unpackedOf(gzipSync(looks, { level: 0 }).subarray(0, -1));
    expect(isDamaged).toBe(true);
  });
});
