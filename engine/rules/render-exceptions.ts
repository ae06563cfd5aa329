import { ConditionBuilder } from '../filter/condition-builder.ts';
import { ConditionText } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import { comparesWithList, textOf } from './exceptions.ts';
import type { Entry, ExceptionItem, ManyValues } from './items.ts';
import { appendItem } from './list-table.ts';
import { invalidItem, LoadError } from './load-error.ts';

/** A condition with the exceptions of its rule, and the fields that these look at. */
export interface WithExceptions {
  readonly text: ConditionText;
  readonly fields: ReadonlySet<ByteString>;
}

/**
 * Puts exceptions behind a condition as text: `(condition) and not (field in (a, b)) and not ((f1 = x and f2 = y))`.
 * One without values adds nothing.
 */
export function renderExceptions(condition: ConditionText, exceptions: readonly ExceptionItem[]): WithExceptions {
  const fields = new Set<ByteString>();
  if (exceptions.length === 0) return { text: condition, fields };
  const first = exceptions[0] as ExceptionItem;
  const builder = new ConditionBuilder().add('(', first.place).append(condition).add(')', first.place);
  for (const exception of exceptions) {
    if (exception.values.length === 0) continue;
    builder.add(' and not ', exception.place);
    if (exception.fields.many) renderSeveral(builder, exception, exception.fields, fields);
    else renderOne(builder, exception, exception.fields, fields);
  }
  return { text: builder.build(), fields };
}

/** `(proc.name in (a, b))`: one field, each value a scalar. */
function renderOne(builder: ConditionBuilder, exception: ExceptionItem, field: Entry, fields: Set<ByteString>): void {
  const { place } = exception;
  exception.values.forEach((value, index) => {
    if (value.many) invalidItem('Expected values array to contain a list of strings', exception.context);
    if (index > 0) builder.add(', ', place);
    else {
      builder.add('(', place);
      addEntry(builder, field, exception);
      builder.add(' ', place);
      addEntry(builder, exception.comparisons, exception);
      builder.add(' (', place);
    }
    addValue(builder, value, exception);
  });
  builder.add('))', place);
  fields.add(textOf(field));
}

/** `(( proc.name = a and  fd.name in (b, c)) or ( ...))`: one value per field in each entry. */
function renderSeveral(
  builder: ConditionBuilder,
  exception: ExceptionItem,
  { entries: names }: ManyValues,
  fields: Set<ByteString>,
): void {
  const { place } = exception;
  builder.add('(', place);
  exception.values.forEach((values, index) => {
    const given = values.many ? values.entries : [];
    if (given.length !== names.length) {
      invalidItem('Fields and values lists must have equal length', exception.context);
    }
    builder.add(index > 0 ? ' or (' : '(', place);
    names.forEach((name, position) => {
      builder.add(position > 0 ? ' and  ' : ' ', place);
      addEntry(builder, name, exception);
      const comparison = comparisonAt(exception, position);
      builder.add(' ', place);
      addEntry(builder, comparison, exception);
      builder.add(' ', place);
      addCompared(builder, given[position] as Entry, comparison, exception);
      fields.add(textOf(name));
    });
    builder.add(')', place);
  });
  builder.add(')', place);
}

/** An exception put in place by an override is not completed; Falco reads beyond the end of its comparisons. */
function comparisonAt(exception: ExceptionItem, position: number): Entry {
  const comparison = exception.comparisons.many ? exception.comparisons.entries[position] : undefined;
  if (comparison !== undefined) return comparison;
  throw new LoadError(
    'RUNTIME_EXCEPTION',
    `exception '${exception.name}' has no comparison for each of its fields`,
    exception.context,
    "an exception under 'override: {exceptions: replace}' needs comps: Falco adds none and crashes",
  );
}

function addCompared(builder: ConditionBuilder, value: Entry, comparison: Entry, exception: ExceptionItem): void {
  const { place } = exception;
  if (value.many) {
    builder.add('(', place);
    const start = builder.length;
    for (const entry of value.entries) {
      // Empty values at the beginning leave no comma.
      if (builder.length > start) builder.add(', ', place);
      addValue(builder, entry, exception);
    }
    builder.add(')', place);
  } else if (comparesWithList(textOf(comparison)) && value.text[0] !== '(') {
    builder.add('(', place);
    addEntry(builder, value, exception);
    builder.add(')', place);
  } else if (comparesWithList(textOf(comparison))) addEntry(builder, value, exception);
  else addValue(builder, value, exception);
}

/** A value, in quotes where it holds a blank. */
function addValue(builder: ConditionBuilder, entry: Entry, exception: ExceptionItem): void {
  if (!entry.many && entry.scalar !== undefined) appendItem(builder, entry.scalar);
  else addEntry(builder, entry, exception);
}

/** A text as it is. */
function addEntry(builder: ConditionBuilder, entry: Entry, exception: ExceptionItem): void {
  if (!entry.many && entry.scalar !== undefined && entry.scalar.text === entry.text) {
    builder.append(ConditionText.ofScalar(entry.scalar));
  } else builder.add(textOf(entry), exception.place);
}
