import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Node } from '../../engine/document/node.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import { Source } from '../../engine/model/source.ts';

/** A line of `test/cases/document/yaml.json`: what a text is read as, or where (counted from one) it is refused. */
interface Case {
  readonly says: string;
  readonly yaml: string;
  readonly documents?: readonly unknown[];
  readonly error?: string;
  readonly line?: number;
  readonly column?: number;
}

const file = new URL('../cases/document/yaml.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

describe('readDocuments', () => {
  it.each(cases)('$says', ({ yaml, documents, error, line, column }) => {
    const read = readDocuments(new Source('case.yaml', yaml));
    if (error === undefined) {
      expect(read.syntaxError).toBeUndefined();
      expect(read.documents.map(valueOf)).toEqual(documents);
      return;
    }
    expect(read.documents).toEqual([]);
    expect(read.syntaxError?.words).toBe(error);
    expect([read.syntaxError?.mark.line, read.syntaxError?.mark.column]).toEqual([line! - 1, column! - 1]);
    expect(read.diagnostics).toMatchObject([{ code: 'YAML_SYNTAX', severity: 'error' }]);
  });
});

function valueOf(node: Node): unknown {
  if (node.kind === 'null') return null;
  if (node.kind === 'scalar') return toUnicode(node.text);
  if (node.kind === 'sequence') return node.items.map(valueOf);
  return { pairs: node.pairs.map(({ key, value }) => [valueOf(key), valueOf(value)]) };
}
