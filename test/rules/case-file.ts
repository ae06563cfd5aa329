import { readFileSync } from 'node:fs';
import type { Node } from '../../engine/document/node.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { NodeReader, type Fields } from '../../engine/document/reading.ts';
import { Source } from '../../engine/model/source.ts';

/** Reads the cases of a file under `test/cases/rules`; a mistake in the file fails the test that reads it. */
export function readCases<Case>(name: string, keys: readonly string[], read: (reading: CaseReading) => Case): Case[] {
  const text = readFileSync(new URL(`../cases/rules/${name}`, import.meta.url), 'utf8');
  const { documents, diagnostics } = readDocuments(new Source(name, text));
  const reader = new NodeReader([...diagnostics]);
  const nodes = documents.flatMap((document) => reader.items(document, 'the file') ?? []);
  const cases = nodes.map((node) => read(new CaseReading(reader, node, keys)));
  const [problem] = reader.diagnostics;
  if (problem === undefined) return cases;
  const { line } = problem.span!.source.position(problem.span!.start);
  throw new Error(`${name}:${line + 1}: ${problem.message}`);
}

/** One case. */
export class CaseReading {
  readonly #reader: NodeReader;
  readonly #fields: Fields | undefined;

  constructor(reader: NodeReader, node: Node, keys: readonly string[]) {
    this.#reader = reader;
    this.#fields = reader.fields(node, 'a case', keys);
  }

  text(key: string): string | undefined {
    return this.#fields?.optional(key, (node, what) => this.#reader.text(node, what));
  }

  texts(key: string): string[] | undefined {
    return this.#fields?.optional(key, (node, what) => this.#reader.texts(node, what));
  }
}
