import { fromUnicode, toUnicode, type ByteString } from '../model/byte-string.ts';
import { MAX_SUBSTITUTED_CHARS, MAX_SUBSTITUTIONS } from '../model/limits.ts';

/** Values of environment variables by name. */
export type Environment = ReadonlyMap<string, string>;

/**
 * Puts the values of environment variables into a value of a configuration, in Falco's ways: `${NAME}` is the value, and
 * nothing where there is none; what a value brings in is looked at again; `$${NAME}` stands for `${NAME}`; a `$` before
 * anything else, or a bracket that never closes, ends the search. Undefined when it does not come to an end.
 */
export function substituted(text: ByteString, environment: Environment): ByteString | undefined {
  let value = text;
  let at = value.indexOf('$');
  for (let count = 0; at !== -1; count++) {
    if (count === MAX_SUBSTITUTIONS || value.length > text.length + MAX_SUBSTITUTED_CHARS) return undefined;
    const end = value.indexOf('}', at);
    if (end === -1) break;
    if (value.startsWith('${', at)) {
      const name = toUnicode(value.slice(at + 2, end));
      value = value.slice(0, at) + fromUnicode(environment.get(name) ?? '') + value.slice(end + 1);
    } else if (value.startsWith('$${', at)) {
      value = value.slice(0, at) + value.slice(at + 1);
      at++;
    } else break;
    at = value.indexOf('$', at);
  }
  return value;
}
