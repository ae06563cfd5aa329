import { spanOf, type Mapping, type Node, type Scalar } from '../../../../engine/document/node.ts';
import { readDocuments } from '../../../../engine/document/read-documents.ts';
import { ConditionText } from '../../../../engine/filter/condition-text.ts';
import { parseCondition } from '../../../../engine/filter/parse-condition.ts';
import { writeExpression } from '../../../../engine/filter/print.ts';
import { fromUnicode, toUnicode } from '../../../../engine/model/byte-string.ts';
import { Source } from '../../../../engine/model/source.ts';
import { layOutCondition } from './layout-condition.ts';

/** A stretch of a file and what stands in it instead, in characters. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Lays out the conditions of a rule file. A condition that is right already, or can't be read, stays as it is. */
export function formatRules(text: string): readonly TextEdit[] {
  const { documents } = readDocuments(new Source('rules', text));
  return documents
    .flatMap(itemsOf)
    .flatMap(({ pairs }) =>
      pairs.flatMap(({ key, value }) =>
        key.kind === 'scalar' && key.text === 'condition' && value.kind === 'scalar' ? [editOf(value, text)] : [],
      ),
    )
    .filter((edit) => edit !== undefined);
}

function itemsOf(document: Node): readonly Mapping[] {
  return document.kind === 'sequence' ? document.items.filter((item) => item.kind === 'mapping') : [];
}

function editOf(scalar: Scalar, text: string): TextEdit | undefined {
  const { start, end } = spanOf(scalar);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const head = text.slice(lineStart, start);
  // Anything but "  condition: " before the value (an anchor, a flow mapping) is left alone.
  const found = /^(\s*(?:- )?)condition:\s+$/.exec(head);
  if (found === null) return undefined;
  const condition = ConditionText.ofScalar(scalar);
  const { expression } = parseCondition(condition);
  const lines = expression && layOutCondition(expression, condition.value);
  if (expression === undefined || lines === undefined || !isSame(lines.join(' '), writeExpression(expression)))
    return undefined;
  const indent = ' '.repeat((found[1] as string).length + 2);
  const words = lines.map(toUnicode);
  const shown =
    words.length === 1 && isPlain(words[0] as string)
      ? (words[0] as string)
      : ['>', ...words.map((line) => indent + line)].join('\n');
  const isBlock = scalar.style === 'folded' || scalar.style === 'literal';
  // A block ends with its line break, which stays.
  const stop = isBlock ? start + text.slice(start, end).trimEnd().length : end;
  const before = text.slice(start, stop);
  return before === shown ? undefined : { from: start, to: stop, text: shown };
}

/** Holds a layout against the condition it was made of. */
function isSame(written: string, expected: string): boolean {
  const { expression } = parseCondition(ConditionText.ofText(toUnicode(written)));
  return (
    expression !== undefined && writeExpression(expression) === expected && fromUnicode(toUnicode(written)) === written
  );
}

/** True for a text that YAML reads back without quotes. */
function isPlain(text: string): boolean {
  return /^[A-Za-z_(]/.test(text) && !/: |:$| #|^\(?[&*!|>'"%@`]/.test(text);
}
