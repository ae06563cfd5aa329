import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHaveSecret, mayTextHaveSecret, SUSPICIOUS } from '../../../agent/redaction/suspicion.ts';
import { bytesOf } from '../../../engine/model/byte-string.ts';

/** What the automaton must say, said by a search for one word after the other. */
function hasWord(text: string): boolean {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return SUSPICIOUS.some((word) => (word === '$\\w' ? /\$[a-z0-9_]/.test(lower) : lower.includes(word)));
}

/** Texts of pieces of the words, so that words are often nearly there. */
const pieces = SUSPICIOUS.flatMap((word) => [word, word.slice(0, -1), word.slice(1), word.toUpperCase()]);
const texts = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 2, unit: 'binary-ascii' }), fc.constant('\xfc')))
  .map((parts) => parts.join(''));

describe('the look for what may be a secret', () => {
  it('finds each word in any text, and nothing else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = bytesOf(`pass${text}token`);
        expect(mayHaveSecret(bytes, 4, bytes.length - 5)).toBe(hasWord(text));
        expect(mayTextHaveSecret(text)).toBe(hasWord(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(SUSPICIOUS.map((word) => word.replace('\\w', 'y')))('finds %j in either case', (word) => {
    expect(mayTextHaveSecret(`a ${word}`)).toBe(true);
    expect(mayTextHaveSecret(`${word.toUpperCase()} b`)).toBe(true);
    expect(mayTextHaveSecret(word.slice(0, -1))).toBe(hasWord(word.slice(0, -1)));
  });
});
