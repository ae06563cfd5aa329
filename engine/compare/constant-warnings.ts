import { findField } from '../fields/catalogue.ts';
import type { Check, Operator } from '../filter/ast.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { writtenConstants } from './right-constants.ts';

const TRANSFORMERS: readonly string[] = [
  'val',
  'tolower',
  'toupper',
  'b64',
  'basename',
  'len',
  'join',
  'concat',
  'getopt',
];

/** Falco's warnings about constants that were probably meant as something else. */
export function constantWarnings(check: Check): Diagnostic[] {
  const { right, operator } = check;
  if (right === undefined) return [];
  return (writtenConstants(right) ?? []).flatMap(({ text, span }) =>
    messages(operator, text).map(([message, hint]) => ({
      code: 'LOAD_COMPILE_CONDITION',
      severity: 'warning' as const,
      message,
      span,
      hint,
    })),
  );
}

function messages(operator: Operator, text: ByteString): (readonly [message: string, hint: string])[] {
  const shown = toUnicode(text);
  const bare = text.replace(/[ \t\n\v\f\r]+/g, '');
  const found: (readonly [string, string])[] = [];
  if (operator === 'regex' && isPlainRegex(text)) {
    const message = `regex check with '${shown}' may be optimized with simpler operators such as '=', 'contains', 'startswith', 'endswith'`;
    found.push([message, 'the pattern has no special characters, and simpler operators are faster']);
  }
  if (isFieldName(bare)) {
    found.push([
      `'${shown}' may be a valid field misused as a const string value`,
      `to compare with the field write val(${toUnicode(bare)})`,
    ]);
  }
  if (TRANSFORMERS.some((name) => bare.startsWith(`${name}(`)) && bare.endsWith(')')) {
    const message = `'${shown}' may be a valid field transformer misused as a const string value`;
    found.push([message, 'take the quotes away to compare with what the transformer gives']);
  }
  return found;
}

/** True for a text that is a field with its argument and nothing else. */
function isFieldName(text: string): boolean {
  const match = /^([a-z][a-z0-9]*\.[^[]+?)(?:\[(.*)\])?$/i.exec(text);
  return match !== null && !('problem' in findField(match[1] as string, match[2]));
}

/** True when nothing in the pattern needs a regular expression, save for anchors and `.*` at its ends. */
function isPlainRegex(pattern: string): boolean {
  const { length } = pattern;
  for (let i = 0; i < length; i++) {
    const character = pattern[i] as string;
    if ((i === 0 && character === '^') || (i === length - 1 && character === '$')) continue;
    const atAnEnd = (i === 0 && length > 1) || i === length - 2;
    if (atAnEnd && character === '.' && /[+*?]/.test(pattern[i + 1] ?? '')) {
      i++;
      continue;
    }
    if ('.+*?^$()[]{}|\\'.includes(character)) return false;
  }
  return true;
}
