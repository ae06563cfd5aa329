import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteString } from '../../engine/model/byte-string.ts';
import { MAX_REMEMBERED_BYTES, MAX_REMEMBERED_TEXT_BYTES, MAX_REMEMBERED_TEXTS } from '../../engine/model/limits.ts';
import { Texts } from '../../engine/model/text.ts';

describe('interned texts', () => {
  it('are the same object for equal bytes, wherever these lie, and for the byte string of them', () => {
    const few = fc.uint8Array({ maxLength: 12, max: 3 });
    fc.assert(
      fc.property(fc.array(few, { maxLength: 300 }), fc.nat(5), (all, before) => {
        const texts = new Texts();
        const ids = new Map<string, number>();
        for (const bytes of all) {
          const value = byteString(bytes);
          const placed = new Uint8Array([...Array.from({ length: before }, () => 7), ...bytes, 9]);
          const text = texts.ofBytes(placed, before, before + bytes.length);
          expect(text.value).toBe(value);
          expect(texts.ofBytes(bytes, 0, bytes.length)).toBe(text);
          expect(texts.of(value)).toBe(text);
          expect(ids.get(value) ?? text.id).toBe(text.id);
          ids.set(value, text.id);
        }
        expect(new Set(ids.values()).size).toBe(ids.size);
      }),
    );
  });

  it('are the same object also where their bytes have no room any more', () => {
    const texts = new Texts();
    const count = MAX_REMEMBERED_BYTES / MAX_REMEMBERED_TEXT_BYTES + 10;
    const bytes = new Uint8Array(MAX_REMEMBERED_TEXT_BYTES).fill(0x61);
    const view = new DataView(bytes.buffer);
    const made = (i: number) => {
      view.setUint32(500, i);
      return texts.ofBytes(bytes, 0, bytes.length);
    };
    const first = Array.from({ length: count }, (_, i) => made(i));
    expect(new Set(first.map(({ id }) => id)).size).toBe(count);
    for (const i of [0, count - 11, count - 10, count - 1]) expect(made(i)).toBe(first[i]);
  });

  it('are not remembered beyond their number or length', () => {
    const texts = new Texts();
    expect(texts.ofBytes(new Uint8Array(MAX_REMEMBERED_TEXT_BYTES + 1), 0, MAX_REMEMBERED_TEXT_BYTES + 1).id).toBe(0);
    for (let i = 1; i < MAX_REMEMBERED_TEXTS; i++) texts.of(`${i}`);
    const bytes = new TextEncoder().encode('one more');
    expect(texts.ofBytes(bytes, 0, bytes.length)).toEqual({ id: 0, value: 'one more' });
    expect(texts.of('17').id).toBe(17);
  });
});
