import type { Field } from '../fields/field.ts';
import type { Value } from '../model/value.ts';
import { valueText } from '../output/value-text.ts';
import { clipped, visible } from './visible-text.ts';

/** Bytes of a value that a reason quotes. */
const MOST_QUOTED_BYTES = 120;

/** A value as Falco prints it; texts in quotes. */
export function shownValue({ type, print, list }: Pick<Field, 'type' | 'print' | 'list'>, value: Value): string {
  // Networks are compared with addresses.
  const text = valueText(type === 'IPNET' ? 'IPADDR' : type, print, value) ?? String(value);
  const isText = typeof value === 'string' && (type === 'CHARBUF' || type === 'FSPATH' || type === 'BYTEBUF');
  return isText && !list ? quoted(text) : visible(clipped(text, MOST_QUOTED_BYTES));
}

/** A text in quotes, decoded, what can't be seen escaped, cut where it is long. */
export function quoted(text: string): string {
  return `"${visible(clipped(text, MOST_QUOTED_BYTES))}"`;
}
