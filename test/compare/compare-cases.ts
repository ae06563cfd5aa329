import { readFileSync } from 'node:fs';
import { NodeReader } from '../../engine/document/reading.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import type { Node } from '../../engine/document/node.ts';
import { checkCondition, type CheckedCondition } from '../../engine/compare/check-condition.ts';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { parseCondition } from '../../engine/filter/parse-condition.ts';
import { Source } from '../../engine/model/source.ts';

/** A condition of a case file, and what is said of it. */
export interface SaidCase {
  readonly condition: string;
  readonly says: string | undefined;
  readonly ends: boolean;
}

/** A moment by name, and conditions that hold and fail at it. */
export interface DecideCase {
  readonly moment: string;
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

/** The cases of `refuse.yaml` or `warn.yaml`. */
export function saidCases(file: string): SaidCase[] {
  return casesOf(file, (reader, node) => {
    const fields = reader.fields(node, 'a case', ['condition', 'says', 'ends']);
    const text = (key: string) => fields?.optional(key, (value, what) => reader.text(value, what));
    return { condition: text('condition') ?? '', says: text('says'), ends: text('ends') === 'true' };
  });
}

/** The cases of `decide.yaml`. */
export function decideCases(): DecideCase[] {
  return casesOf('decide.yaml', (reader, node) => {
    const fields = reader.fields(node, 'a case', ['moment', 'holds', 'fails']);
    const texts = (key: string) =>
      fields?.optional(key, (value, what) =>
        (reader.items(value, what) ?? []).map((item) => reader.text(item, 'a condition') ?? ''),
      ) ?? [];
    const moment = fields?.optional('moment', (value, what) => reader.text(value, what)) ?? '';
    return { moment, holds: texts('holds'), fails: texts('fails') };
  });
}

/** Parses and checks a condition that stands alone. */
export function checked(condition: string): CheckedCondition {
  const { expression, failure } = parseCondition(ConditionText.ofText(condition));
  if (expression === undefined) throw new Error(`${condition}: ${failure?.message}`);
  return checkCondition(expression);
}

function casesOf<Case>(file: string, read: (reader: NodeReader, node: Node) => Case): Case[] {
  const text = readFileSync(new URL(`../cases/compare/${file}`, import.meta.url), 'utf8');
  const { documents, diagnostics } = readDocuments(new Source(file, text));
  const reader = new NodeReader([...diagnostics]);
  const cases = documents
    .flatMap((document) => reader.items(document, 'the file') ?? [])
    .map((node) => read(reader, node));
  if (reader.diagnostics.length > 0) throw new Error(JSON.stringify(reader.diagnostics.map(({ message }) => message)));
  return cases;
}
