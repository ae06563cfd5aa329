import { findField, longestField } from '../fields/catalogue.ts';
import type { Field, FieldFinder } from '../fields/field.ts';
import { FIELD_ROWS } from '../fields/field-table.ts';
import { fieldOf, isProblem, type OperandProblem } from '../fields/transform.ts';
import type { Operand } from '../filter/ast.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { parseOperand } from '../filter/parse-condition.ts';
import { toUnicode } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { TemplateProblem } from './parse-template.ts';
import { shownFinder } from './shown-finder.ts';

/** A field or transformer in an output, and the offset after it. */
export interface FoundField {
  readonly operand: Operand;
  readonly field: Field;
  readonly end: number;
}

/** What Falco says when nothing that begins after a `%` is a field; a quote is missing in it. */
const UNKNOWN = "unknown filter: unexpected token after '";
/** Brackets looked at before giving up on a transformer. */
const MOST_BRACKETS = 16;

/**
 * The longest field or transformer that begins at an offset; what follows it is text again. Falco tries ever shorter
 * stretches of the text, so that a bad argument, or letters too many, are taken for text.
 */
export function fieldAt(
  text: ConditionText,
  start: number,
  find: FieldFinder = findField,
): FoundField | TemplateProblem {
  const whole = attempt(text, start, text.value.length, find);
  if (whole !== undefined && !isFault(whole)) return whole;
  if (whole?.problem === 'ends-falco') return { message: whole.message, span: text.span(start, text.value.length) };
  return shorterField(text, start, find) ?? shorterTransformer(text, start, find) ?? unknown(text, start);
}

function attempt(
  text: ConditionText,
  start: number,
  end: number,
  find: FieldFinder,
): FoundField | OperandProblem | undefined {
  const parsed = parseOperand(text, start, end);
  if (parsed.operand === undefined) return undefined;
  const field = fieldOf(parsed.operand, parsed.operand.kind === 'transformer' ? shownFinder(find) : find);
  return isProblem(field) ? field : { operand: parsed.operand, field, end: parsed.end };
}

function isFault(found: FoundField | OperandProblem): found is OperandProblem {
  return 'problem' in found;
}

/** The longest plain field without its argument. */
function shorterField(text: ConditionText, start: number, find: FieldFinder): FoundField | undefined {
  const length = longestField(text.value, start, find);
  const found = length === 0 ? undefined : attempt(text, start, start + length, find);
  return found === undefined || isFault(found) ? undefined : found;
}

/** A transformer without the brackets that follow it. */
function shorterTransformer(text: ConditionText, start: number, find: FieldFinder): FoundField | undefined {
  const { value } = text;
  let bracket = value.indexOf(')[', start);
  for (let tries = 0; tries < MOST_BRACKETS && bracket !== -1; tries++) {
    const found = attempt(text, start, bracket + 1, find);
    if (found !== undefined && !isFault(found)) return found;
    bracket = value.indexOf(')[', bracket + 1);
  }
  return undefined;
}

function unknown(text: ConditionText, start: number): TemplateProblem {
  const word = /^[A-Za-z0-9_.]*/.exec(text.value.slice(start, start + 100))?.[0] ?? '';
  const meant = word === '' ? undefined : nearest(toUnicode(word), FIELD_NAMES);
  const problem = { message: UNKNOWN, span: text.span(start - 1, start + word.length) };
  if (meant !== undefined) return { ...problem, hint: `did you mean %${meant}?` };
  return word === '' ? { ...problem, hint: 'a percent sign can only begin a field' } : problem;
}

const FIELD_NAMES = FIELD_ROWS.map((row) => row.name);
