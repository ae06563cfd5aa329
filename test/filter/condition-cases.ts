import { readFileSync } from 'node:fs';
import type { Node } from '../../engine/document/node.ts';
import { NodeReader } from '../../engine/document/reading.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { Source } from '../../engine/model/source.ts';

/** One entry of `test/cases/filter/conditions.yaml`. */
export interface ConditionCase {
  readonly condition: string;
  readonly prints: string | undefined;
  readonly refused: string | undefined;
  readonly at: number | undefined;
  readonly hint: string | undefined;
}

/** The conditions of the case file; a mistake in the file fails the test that reads it. */
export function conditionCases(): ConditionCase[] {
  const text = readFileSync(new URL('../cases/filter/conditions.yaml', import.meta.url), 'utf8');
  const { documents, diagnostics } = readDocuments(new Source('conditions.yaml', text));
  const reader = new NodeReader([...diagnostics]);
  const cases = documents
    .flatMap((document) => reader.items(document, 'the file') ?? [])
    .map((node) => read(reader, node));
  if (reader.diagnostics.length > 0) throw new Error(JSON.stringify(reader.diagnostics.map(({ message }) => message)));
  return cases;
}

function read(reader: NodeReader, node: Node): ConditionCase {
  const fields = reader.fields(node, 'a case', ['condition', 'prints', 'refused', 'at', 'hint']);
  const text = (key: string) => fields?.optional(key, (value, what) => reader.text(value, what));
  const at = fields?.optional('at', (value, what) => reader.integer(value, what, 0, 1_000_000));
  return {
    condition: text('condition') ?? '',
    prints: text('prints'),
    refused: text('refused'),
    at: at === undefined ? undefined : Number(at),
    hint: text('hint'),
  };
}
