import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../functions/web/page/traces/sha256.ts';

function hexOf(...chunks: readonly Uint8Array[]): string {
  const hash = new Sha256();
  for (const chunk of chunks) hash.update(chunk);
  return hash.hex();
}

describe('SHA-256 on the page', () => {
  it('is that of Node, however the bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (chunks) => {
        expect(hexOf(...chunks)).toBe(createHash('sha256').update(Buffer.concat(chunks)).digest('hex'));
      }),
    );
  });

  it.each([55, 56, 63, 64, 119, 120, 128])('pads %d bytes rightly', (length) => {
    const bytes = new Uint8Array(length).fill(7);
    expect(hexOf(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
