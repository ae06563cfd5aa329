/** What is written: a text, a list in brackets, or a mapping in braces. */
export type Written = string | readonly string[] | ReadonlyMap<string, string>;

/** Keys with their values, in order. */
export type Entry = readonly (readonly [key: string, value: Written | undefined])[];

/** Words that mean something else than themselves without quotes. */
const WORDS = /^(true|false|yes|no|on|off|null|y|n|~)$/i;
const UNSHOWN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const PLAIN = /^\d+$|^[A-Za-z/][\w./@+-]*( [\w./@+-]+)*$/;

/** A text as YAML reads it back, quoted where it must be. */
export function quoted(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : doubleQuoted(text);
}

/** A value on one line. */
export function written(value: Written): string {
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Map) return `{ ${[...value].map(([key, text]) => `${quoted(key)}: ${flow(text)}`).join(', ')} }`;
  return `[${[...(value as readonly string[])].map(flow).join(', ')}]`;
}

/** Lines of a mapping, each behind `indent`; a key without a value stands alone. */
export function lines(entry: Entry, indent: string): string[] {
  return entry.map(([key, value]) => `${indent}${quoted(key)}:${value === undefined ? '' : ` ${written(value)}`}`);
}

/** Between brackets every text that is not one word is quoted. */
function flow(text: string): string {
  return /^([A-Za-z/][\w./-]*|\d+)$/.test(text) && !WORDS.test(text) ? text : doubleQuoted(text);
}

/** JSON's quotes are YAML's too, save for letters that YAML does not show. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    UNSHOWN,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
