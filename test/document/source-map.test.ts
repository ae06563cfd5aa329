import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOffset, spanOf, type Node, type Scalar } from '../../engine/document/node.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { Source } from '../../engine/model/source.ts';

describe('the way back from a decoded text to the file', () => {
  const styles: Record<string, string> = {
    plain: 'k: one two three\n',
    'plain over lines': 'k: one\n  two\n\n    three\n',
    'single-quoted': "k: 'one\n  two '' three'\n",
    'double-quoted': 'k: "one\\n\\x41 two \\\n    three"\n',
    literal: 'k: |\n  one\n    two\n\n  three\n',
    folded: 'k: >-\n  one\n  two\n\n   three\n',
    'after other letters': '"ü€😀": "ü two 😀 three"\n',
  };

  it.each(Object.entries(styles))('finds each word of a %s text where it is written', (_, yaml) => {
    const scalar = onlyValue(yaml);
    for (const word of ['two', 'three']) {
      const at = sourceOffset(scalar.runs, scalar.text.indexOf(word));
      const { source, start, end } = scalar.document.span(at, at + word.length);
      expect(source.text.slice(start, end)).toBe(word);
    }
  });

  it('holds for every letter of any text', () => {
    const words = fc.array(fc.stringMatching(/^[a-zé€😀]{1,6}$/u), { minLength: 1, maxLength: 8 });
    const gaps = fc.infiniteStream(fc.constantFrom(' ', '\n  ', '\n\n  ', '  '));
    const headers = fc.constantFrom(['', ''], ['"', '"'], ["'", "'"], ['|\n  ', ''], ['>\n  ', '']);
    fc.assert(
      fc.property(words, gaps, headers, (list, gap, [before, after]) => {
        const yaml = `k: ${before}${list.map((word, i) => (i === 0 ? word : gap.next().value + word)).join('')}${after}\n`;
        const scalar = onlyValue(yaml);
        for (let i = 0; i < scalar.text.length; i++) {
          const code = scalar.text.charCodeAt(i);
          if (code > 0x20) expect(scalar.document.bytes.charCodeAt(sourceOffset(scalar.runs, i))).toBe(code);
        }
      }),
    );
  });

  it('gives a value its whole stretch of the file', () => {
    const yaml = 'a: "x y"\nb: [1, 2]\nc:\n  - d\n  - e\n';
    const document = readDocuments(new Source('f', yaml)).documents[0];
    const texts = document?.kind === 'mapping' ? document.pairs.map(({ value }) => textOf(value)) : [];
    expect(texts).toEqual(['"x y"', '[1, 2]', '- d\n  - e']);
  });
});

function onlyValue(yaml: string): Scalar {
  const document = readDocuments(new Source('f.yaml', yaml)).documents[0];
  if (document?.kind !== 'mapping' || document.pairs[0]?.value.kind !== 'scalar') throw new Error('not a text');
  return document.pairs[0].value;
}

function textOf(node: Node): string {
  const { source, start, end } = spanOf(node);
  return source.text.slice(start, end);
}
