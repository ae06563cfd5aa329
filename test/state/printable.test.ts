import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteString, fromUnicode, toUnicode } from '../../engine/model/byte-string.ts';
import { printable, sequenceLength } from '../../engine/state/printable.ts';

describe('printable text', () => {
  it('is kept as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '~', 'é', '€', '𝄞', '\u00a0', '\ufffd') }), (text) => {
        expect(toUnicode(printable(fromUnicode(text)))).toBe(text);
      }),
    );
  });

  it('replaces malformed bytes as every decoder of UTF-8 does', () => {
    const isPlainDecoded = /^[^\p{Cc}\p{Cn}\p{Noncharacter_Code_Point}]*$/u;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
        const decoded = toUnicode(byteString(bytes));
        fc.pre(isPlainDecoded.test(decoded));
        expect(toUnicode(printable(byteString(bytes)))).toBe(decoded);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a control', '\x01', 1],
    ['a delete', '\x7f', 1],
    ['a C1 control', '\xc2\x85', 2],
    ['a non-character', '\xef\xb7\x90', 3],
    ['the last code point of a plane', '\xf0\x9f\xbf\xbf', 4],
    ['a lone continuation', '\x80', 1],
    ['an overlong form', '\xc0', 1],
    ['the start of a surrogate', '\xed\xa0', 1],
    ['a cut sequence of three', '\xe2\x82', 2],
    ['a cut sequence of four', '\xf0\x9d\x84', 3],
    ['beyond the last code point', '\xf4\x90', 1],
    ['no lead at all', '\xf5', 1],
  ])('shows %s as one replacement', (_, bytes, length) => {
    expect(sequenceLength(`${bytes}x`, 0)).toBe(-length);
    expect(printable(`a${bytes}`)).toBe(`a\xef\xbf\xbd${bytes.length > length ? '\xef\xbf\xbd' : ''}`);
  });
});
