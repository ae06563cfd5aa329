import type { Mapping } from '../document/node.ts';
import { ConditionText } from '../filter/condition-text.ts';
import type { Collector } from './collector.ts';
import type { Context } from './context.ts';
import { invalidStructure } from './load-error.ts';
import { readOverride } from './read-override.ts';
import { optionalBoolean, requiredScalar, requiredScalars } from './read-values.ts';
import type { Report } from './report.ts';
import { listItemLints, warnDefinedTwice } from './text-lints.ts';

const LIST_KEYS: ReadonlySet<string> = new Set(['items']);
const MACRO_KEYS: ReadonlySet<string> = new Set(['condition']);

/** A warning about the deprecated `append: true`. */
export const APPEND_IS_DEPRECATED =
  "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";
const APPEND_AND_OVERRIDE =
  "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";

/** Reads a list and defines it or appends to it. */
export function readList(item: Mapping, file: Context, collector: Collector, report: Report): Context {
  const name = requiredScalar(item, 'list', file.at(item, 'list')).text;
  const context = file.at(item, 'list', name);
  if (!/^[^()"' \t-\r=,]+$/.test(name)) {
    report.warn(
      'LOAD_INVALID_LIST_NAME',
      'List has an invalid name. List names should match a regular expression: ([^()"\'[:space:]=,]+)',
      context,
    );
  }
  const items = requiredScalars(item, 'items', context);
  const appends = readsAppend(item, file, context, 'items', LIST_KEYS, report);
  const list = { name, context, items, index: 0, visibility: 0 };
  if (!appends) warnDefinedTwice('list', item, list, collector.lists.get(name), report);
  for (const advice of listItemLints(items)) report.advise(advice);
  if (appends) collector.appendList(list);
  else collector.defineList(list);
  return context;
}

/** Reads a macro and defines it or appends to it. */
export function readMacro(item: Mapping, file: Context, collector: Collector, report: Report): Context {
  const name = requiredScalar(item, 'macro', file.at(item, 'macro')).text;
  const context = file.at(item, 'macro', name);
  if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(name)) {
    report.warn(
      'LOAD_INVALID_MACRO_NAME',
      'Macro has an invalid name. Macro names should match a regular expression: ([a-zA-Z]+[a-zA-Z0-9_]*)',
      context,
    );
  }
  const scalar = requiredScalar(item, 'condition', context);
  const conditionContext = context.at(scalar, 'macro condition');
  const appends = readsAppend(item, file, context, 'condition', MACRO_KEYS, report);
  const condition = ConditionText.ofScalar(scalar);
  const macro = { name, context, conditionContext, condition, index: 0, visibility: 0 };
  if (!appends) warnDefinedTwice('macro', item, macro, collector.macros.get(name), report);
  if (appends) collector.appendMacro(macro);
  else collector.defineMacro(macro);
  return context;
}

/** Reads the deprecated `append`; it can't stand beside an override. */
export function readAppend(item: Mapping, context: Context, report: Report): boolean {
  const append = optionalBoolean(item, 'append', context, false);
  if (append) report.warn('LOAD_DEPRECATED_ITEM', APPEND_IS_DEPRECATED, context);
  return append;
}

/** Refuses the deprecated `append` beside an override. */
export function refuseAppendAndOverride(append: boolean, overrides: number, context: Context): void {
  if (append && overrides > 0) invalidStructure(APPEND_AND_OVERRIDE, context);
}

/** True when a list or macro is appended to, by either way of saying so. */
function readsAppend(
  item: Mapping,
  file: Context,
  context: Context,
  key: string,
  keys: ReadonlySet<string>,
  report: Report,
): boolean {
  const append = readAppend(item, context, report);
  const override = readOverride(item, context, file, keys, keys);
  refuseAppendAndOverride(append, override.append.size + override.replace.size, context);
  return append || override.append.has(key);
}
