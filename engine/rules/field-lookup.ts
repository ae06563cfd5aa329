import { checkCondition } from '../compare/check-condition.ts';
import { nameAndArgument } from '../fields/name-and-argument.ts';
import { ConditionText } from '../filter/condition-text.ts';
import { parseCondition } from '../filter/parse-condition.ts';
import { fromUnicode, toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Context } from './context.ts';
import { invalidItem } from './load-error.ts';
import type { AvailableFields } from './plugins.ts';

/**
 * Looks up what an exception compares: a field with its argument, or, where there is a parenthesis, anything that makes
 * a condition with `exists` behind it. `file` is the place of errors that Falco has no better place for.
 */
export function isField(text: ByteString, available: AvailableFields, file: Context): boolean {
  if (text.includes('(')) return isCondition(`${text} exists`, available);
  const [name, argument] = nameAndArgument(text);
  const found = available.find(toUnicode(name), argument);
  if (!('problem' in found)) return available.has(found.row);
  return found.problem === 'syntax' ? invalidItem(fromUnicode(found.message), file) : false;
}

function isCondition(text: ByteString, { find }: AvailableFields): boolean {
  const { expression } = parseCondition(ConditionText.ofText(toUnicode(text)));
  return expression !== undefined && checkCondition(expression, { find }).condition !== undefined;
}
