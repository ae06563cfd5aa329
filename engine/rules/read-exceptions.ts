import { valueOf, type Mapping, type Node } from '../document/node.ts';
import type { ByteString } from '../model/byte-string.ts';
import { MAX_DIAGNOSTICS } from '../model/limits.ts';
import type { Context } from './context.ts';
import { NO_ENTRY, type Entry, type ExceptionItem } from './items.ts';
import { invalidStructure } from './load-error.ts';
import { requiredScalar } from './read-values.ts';
import type { Report } from './report.ts';

/**
 * Reads the exceptions of a rule; none when the key is absent or null. Only an append may leave out `fields`, and is
 * warned when it has no `values`.
 */
export function readExceptions(item: Mapping, rule: Context, isAppend: boolean, report: Report): ExceptionItem[] {
  const node = valueOf(item, 'exceptions');
  if (node === undefined || node.kind === 'null') return [];
  const all = rule.at(node, 'exceptions');
  if (node.kind !== 'sequence') return invalidStructure('Rule exceptions must be a sequence', all);
  const exceptions: ExceptionItem[] = [];
  const named = new Map<ByteString, number>();
  for (const one of node.items) {
    const unnamed = all.at(one, 'exception');
    if (one.kind !== 'mapping') return invalidStructure('Rule exception must be a mapping', unnamed);
    const name = requiredScalar(one, 'name', unnamed).text;
    const context = rule.at(one, 'exception', name);
    const before = named.get(name) ?? 0;
    named.set(name, before + 1);
    // Falco warns once for each one before.
    for (let i = 0; i < Math.min(before, MAX_DIAGNOSTICS); i++) {
      const message = `Multiple definitions of exception '${name}' in the same rule`;
      report.warn('LOAD_EXCEPTION_NAME_NOT_UNIQUE', message, context);
    }
    const fields = readPart(one, 'fields', context, isAppend);
    const comparisons = readPart(one, 'comps', context, true);
    const values = readValues(one, context, isAppend, report);
    const place = { document: one.document, start: one.mark.offset, end: one.end };
    exceptions.push({ name, context, place, fields, comparisons, values });
  }
  return exceptions;
}

function readPart(exception: Mapping, key: string, context: Context, isOptional: boolean): Entry {
  const node = valueOf(exception, key);
  if (node !== undefined) return readEntry(node, key, context);
  return isOptional ? NO_ENTRY : invalidStructure(`Item has no mapping for key '${key}'`, context);
}

function readValues(exception: Mapping, context: Context, isAppend: boolean, report: Report): Entry[] {
  const node = valueOf(exception, 'values');
  if (node === undefined) {
    if (isAppend) report.warn('LOAD_APPEND_NO_VALUES', 'Overriding/appending exception with no values', context);
    return [];
  }
  const values = context.at(node, 'exception values');
  if (node.kind !== 'sequence') return invalidStructure('Rule exception values must be a sequence', values);
  return node.items.map((value) => readEntry(value, '', values.at(value, 'exception value')));
}

/** Reads a value or a list of values, nested to any depth. What is neither counts as an empty value. */
function readEntry(node: Node, key: string, context: Context): Entry {
  const inside = context.at(node, 'value for', key);
  if (node.kind === 'scalar') {
    if (node.text === '') invalidStructure('Value must be non-empty', inside, emptyHint(node.style));
    return { many: false, text: node.text, scalar: node };
  }
  if (node.kind !== 'sequence') return NO_ENTRY;
  return { many: true, entries: node.items.map((item) => readEntry(item, '', inside.at(item, 'exception'))) };
}

function emptyHint(style: string): string | undefined {
  return style === 'empty' ? 'put an operator that begins with ! in quotes: YAML takes it for a tag' : undefined;
}
