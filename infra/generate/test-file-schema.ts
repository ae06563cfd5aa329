/**
 * Writes `scenarios/tests.schema.json`, with which editors complete and check test files, and the reference in
 * `scenarios/TESTS.md`, both from the tables that reading uses.
 *
 * Usage: node infra/generate/test-file-schema.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { testFileReference, testFileSchema } from '../../engine/suite/schema.ts';

const BEGIN = '<!-- The reference is written by infra/generate/test-file-schema.ts. -->\n';
const END = '<!-- End of the reference. -->\n';

/** The text of `scenarios/tests.schema.json`. */
export function testSchemaText(): string {
  return `${JSON.stringify(testFileSchema('schema.json'), undefined, 2)}\n`;
}

/** The document with its reference as it should be. */
export function withTestReference(text: string): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('the document has no place for the reference');
  return `${before}${BEGIN}\n${testFileReference()}\n${END}${after}`;
}

if (process.argv[1] === import.meta.filename) {
  const folder = new URL('../../scenarios/', import.meta.url);
  const document = new URL('TESTS.md', folder);
  writeFileSync(new URL('tests.schema.json', folder), testSchemaText());
  writeFileSync(document, withTestReference(readFileSync(document, 'utf8')));
}
