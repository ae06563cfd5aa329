import { MODIFIER_TABLE, OPERATOR_TABLE, TEXT_OPERATORS } from '../filter/operators.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import { trimmed } from '../model/trimmed.ts';
import { defaultEntry, isGiven, type Entry, type ExceptionItem } from './items.ts';
import { invalidItem } from './load-error.ts';

const BLANKS = ' \t\r\n';
const OPERATOR_WORDS: ReadonlySet<string> = new Set(OPERATOR_TABLE.map(({ word }) => word));
const MODIFIERS: ReadonlySet<string> = new Set(MODIFIER_TABLE.map(({ word }) => word));
/** The comparisons of several values that need no modifier. */
const LIST_COMPARISONS: ReadonlySet<string> = new Set(['in', 'pmatch', 'intersects']);

/** Decides whether a text can stand on the left of a comparison; throws where Falco refuses it in other words. */
export type IsField = (text: ByteString) => boolean;

/** An operator with a modifier, one blank between them: `startswith anyof`. */
export function isModifiedOperator(text: ByteString): boolean {
  const [operator, modifier, ...rest] = text.split(' ') as [string, string?, ...string[]];
  const plain = operator === '==' ? '=' : operator;
  return (
    rest.length === 0 && modifier !== undefined && MODIFIERS.has(modifier) && TEXT_OPERATORS.some((op) => op === plain)
  );
}

/** True for a comparison with several values. */
export function comparesWithList(text: ByteString): boolean {
  return LIST_COMPARISONS.has(text) || isModifiedOperator(text);
}

/** Checks an exception and fills in the comparisons that it leaves out. Without `isField` the fields aren't looked up. */
export function validateException(exception: ExceptionItem, isField: IsField | undefined): void {
  if (exception.fields.many) validateSeveral(exception, exception.fields.entries);
  else validateOne(exception);
  if (isField === undefined) return;
  for (const field of exception.fields.many ? exception.fields.entries.map(textOf) : [exception.fields.text]) {
    if (isField(field)) continue;
    invalidItem(`'${field}' is not a supported filter field`, exception.context);
  }
}

/** Adds the exceptions of an append: values to those that exist, whole ones otherwise. */
export function mergeExceptions(
  existing: ExceptionItem[],
  added: readonly ExceptionItem[],
  isField: IsField | undefined,
): void {
  const named = namesOf(existing);
  for (const exception of added) {
    const previous = named.get(exception.name);
    if (previous === undefined) {
      addException(existing, exception, isField);
      named.set(exception.name, exception);
      continue;
    }
    if (isGiven(exception.fields)) {
      invalidItem('Can not append exception fields to existing exception, only values', exception.context);
    }
    if (isGiven(exception.comparisons)) {
      invalidItem('Can not append exception comps to existing exception, only values', exception.context);
    }
    for (const value of exception.values) previous.values.push(value);
  }
}

/** Exceptions of a rule by name, kept for the next append; the first one of a name counts. */
const NAMES = new WeakMap<readonly ExceptionItem[], Map<ByteString, ExceptionItem>>();

function namesOf(exceptions: readonly ExceptionItem[]): Map<ByteString, ExceptionItem> {
  let names = NAMES.get(exceptions);
  if (names === undefined) {
    NAMES.set(exceptions, (names = new Map()));
    for (const exception of exceptions) if (!names.has(exception.name)) names.set(exception.name, exception);
  }
  return names;
}

/** The text of an entry; a list has none. */
export function textOf(entry: Entry): ByteString {
  return entry.many ? '' : entry.text;
}

function addException(existing: ExceptionItem[], exception: ExceptionItem, isField: IsField | undefined): void {
  if (!isGiven(exception.fields)) {
    invalidItem('Rule exception must have fields property with a list of fields', exception.context);
  }
  if (exception.values.length === 0) {
    invalidItem('Rule exception must have values property with a list of values', exception.context);
  }
  validateException(exception, isField);
  existing.push(exception);
}

function validateSeveral(exception: ExceptionItem, fields: readonly Entry[]): void {
  const given = isGiven(exception.comparisons) ? exception.comparisons : undefined;
  const comparisons = given === undefined ? fields.map(() => defaultEntry('=')) : given.many ? given.entries : [];
  if (fields.length !== comparisons.length) {
    invalidItem('Fields and comps lists must have equal length', exception.context);
  }
  const written = comparisons.map((entry) => (entry.many ? entry : { ...entry, text: trimmed(entry.text, BLANKS) }));
  exception.comparisons = { many: true, entries: written };
  for (const text of written.map(textOf)) {
    if (OPERATOR_WORDS.has(text) || isModifiedOperator(text)) continue;
    invalidItem(`'${text}' is not a supported comparison operator`, exception.context, operatorHint(text));
  }
}

function validateOne(exception: ExceptionItem): void {
  const given = isGiven(exception.comparisons) ? exception.comparisons : defaultEntry('in');
  if (given.many) return invalidItem('Fields and comps must both be strings', exception.context);
  exception.comparisons = { ...given, text: trimmed(given.text, BLANKS) };
  if (comparesWithList(exception.comparisons.text)) return;
  invalidItem(
    'When fields is a single value, comps must be one of (in, pmatch, intersects) or a modifier operator (e.g. startswith oneof)',
    exception.context,
    'put the field into a list to compare it otherwise: fields: [proc.name], comps: [startswith]',
  );
}

function operatorHint(text: ByteString): string | undefined {
  const near = nearest(toUnicode(text), OPERATOR_WORDS);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}
