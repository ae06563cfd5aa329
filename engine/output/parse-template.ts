import { findField } from '../fields/catalogue.ts';
import type { Field, FieldFinder } from '../fields/field.ts';
import { fieldOf, isProblem } from '../fields/transform.ts';
import type { FieldReference, Operand, TransformerArgument } from '../filter/ast.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { printOperand } from '../filter/print.ts';
import { toUnicode } from '../model/byte-string.ts';
import { MAX_OUTPUT_WIDTH } from '../model/limits.ts';
import type { Span } from '../model/source.ts';
import { fieldAt } from './field-at.ts';
import type { Piece, Template } from './template.ts';

/** Why an output can't be used; the message is Falco's, save for limits. */
export interface TemplateProblem {
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** An output ready to be rendered, or why there is none. */
export type TemplateResult =
  | { readonly template: Template; readonly problem?: undefined }
  | { readonly template?: undefined; readonly problem: TemplateProblem };

const PERCENT = '%';
const ASTERISK = '*';

/**
 * Reads an output: text in which `%`, an optional width and a field stand for the field's value. A leading `*` means
 * that missing values print as `<NA>`, which is what an alert does anyway. A percent sign can't be written in any way.
 */
export function parseTemplate(text: ConditionText, find: FieldFinder = findField): TemplateResult {
  const { value } = text;
  if (value === '') return refused(text, 0, 'empty formatting token');
  const pieces: Piece[] = [];
  const fields = new Map<string, Field>();
  let at = value.startsWith(ASTERISK) ? 1 : 0;
  while (at < value.length) {
    const percent = value.indexOf(PERCENT, at);
    if (percent === -1) {
      pieces.push(value.slice(at));
      break;
    }
    if (percent > at) pieces.push(value.slice(at, percent));
    const width = widthAt(text, percent + 1);
    if (typeof width !== 'number') return width;
    const start = percent + 1 + digitsAt(value, percent + 1);
    const found = fieldAt(text, start, find);
    if ('message' in found) return { problem: found };
    pieces.push({ field: found.field, width });
    noteFields(found.operand, fields, find);
    at = found.end;
  }
  return { template: { pieces, fields } };
}

/** The width that begins at an offset, 0 for none; a problem where the text ends too early. */
function widthAt(text: ConditionText, start: number): number | TemplateResult {
  const { value } = text;
  if (start === value.length)
    return refused(text, start - 1, 'invalid formatting syntax: formatting cannot end with a %');
  const count = digitsAt(value, start);
  if (count > 0 && start + count === value.length) {
    return refused(text, start, 'invalid formatting syntax: formatting cannot end with a number');
  }
  const width = Number(value.slice(start, start + count));
  return width <= MAX_OUTPUT_WIDTH ? width : refused(text, start, `a field can't be wider than ${MAX_OUTPUT_WIDTH}`);
}

function digitsAt(value: string, start: number): number {
  let end = start;
  while (end < value.length && value.charCodeAt(end) >= 0x30 && value.charCodeAt(end) <= 0x39) end++;
  return end - start;
}

function refused(text: ConditionText, at: number, message: string): TemplateResult {
  return { problem: { message, span: text.span(at, text.value.length) } };
}

/** Plain fields go into JSON by their own name, also those that only a transformer sees. */
function noteFields(operand: Operand | TransformerArgument, fields: Map<string, Field>, find: FieldFinder): void {
  switch (operand.kind) {
    case 'field':
      return noteField(operand, fields, find);
    case 'transformer':
      return operand.args.forEach((arg) => noteFields(arg, fields, find));
    case 'transformer-list':
      return operand.items.forEach((item) => noteFields(item, fields, find));
    case 'constant':
  }
}

function noteField(reference: FieldReference, fields: Map<string, Field>, find: FieldFinder): void {
  const field = fieldOf(reference, find);
  if (!isProblem(field)) fields.set(toUnicode(printOperand(reference)), field);
}
