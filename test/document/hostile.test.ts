import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { Source } from '../../engine/model/source.ts';

describe('readDocuments on hostile text', () => {
  it('refuses an alias bomb without expanding it', () => {
    const levels = Array.from({ length: 30 }, (_, i) => {
      return i === 0
        ? '- &l0 [x, x, x, x, x, x, x, x]'
        : `- &l${i} [${Array(8)
            .fill(`*l${i - 1}`)
            .join(', ')}]`;
    });
    const { documents, diagnostics } = readDocuments(new Source('bomb.yaml', levels.join('\n')));
    expect(documents).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['LIMIT_YAML_NODES']);
  });

  it('refuses what is nested deeper than Falco allows, and reads what is not', () => {
    const nested = (depth: number) => new Source('deep.yaml', '['.repeat(depth) + ']'.repeat(depth));
    expect(readDocuments(nested(499)).diagnostics).toEqual([]);
    expect(readDocuments(nested(500)).syntaxError?.words).toBe('bad file');
    expect(readDocuments(nested(100_000)).syntaxError?.words).toBe('bad file');
  });

  it('never throws, whatever the text', () => {
    const pieces = [
      '- ',
      ': ',
      '? ',
      '\n',
      '\n  ',
      '\t',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '\\',
      '#',
      '&a',
      '*a',
      '!',
      '|',
      '>',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 40 });
    fc.assert(
      fc.property(text, (parts) => {
        const read = readDocuments(new Source('any.yaml', parts.join('')));
        expect(read.diagnostics.length === 0 || read.documents.length === 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['quotes', '"a" '],
    ['anchors', '&a '],
    ['open keys', '? '],
    ['brackets', '[{'],
    ['line endings', 'a\n\n'],
    ['dashes', '- '],
  ])('takes time in proportion to the text: a million bytes of %s', (_, piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(() => readDocuments(new Source('long.yaml', text))).not.toThrow();
  });
});
