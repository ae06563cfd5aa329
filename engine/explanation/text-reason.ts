import { compileGlob } from '../compare/glob.ts';
import { Refusal } from '../compare/refusal.ts';
import { compileRegex } from '../compare/regex.ts';
import { asciiLower } from '../fields/transform-case.ts';
import type { Operator } from '../filter/ast.ts';
import type { ByteString } from '../model/byte-string.ts';
import { pathReason } from './path-reason.ts';
import type { Reason, ReasonCode } from './reason.ts';
import { quoted } from './shown-value.ts';

/** Fewer common letters than this are chance: that texts differ at once says nothing. */
const LEAST_COMMON = 3;

/** Why a text compares as it does. */
export function textReason(
  operator: Operator,
  value: ByteString,
  constants: readonly ByteString[],
  holds: boolean,
): Reason {
  const constant = constants[0] ?? '';
  switch (operator) {
    case '=':
      return holds ? { code: 'equal', text: 'equal' } : difference(value, constant);
    case '!=':
      return holds ? difference(value, constant) : { code: 'equal', text: 'equal' };
    case 'startswith':
    case 'bstartswith':
      return holds ? { code: 'prefix', text: 'begins so' } : prefixDifference(value, constant);
    case 'endswith':
      return holds ? { code: 'suffix', text: 'ends so' } : suffixDifference(value, constant);
    case 'contains':
    case 'icontains':
    case 'bcontains':
      return holds ? contained(operator, value, constant) : missing(value, constant);
    case 'glob':
    case 'iglob':
    case 'regex':
      return holds ? { code: 'matches', text: 'matches' } : mismatch(operator, value, constant);
    case 'pmatch':
      return pathReason(value, constants, holds);
    default:
      return {
        code: 'order',
        text: value === constant ? 'equal' : value < constant ? 'comes before it' : 'comes after it',
      };
  }
}

/** How a text differs from the one it is compared with. */
export function difference(value: ByteString, constant: ByteString): Reason {
  const near = nearDifference(value, constant, (text, other) => text === other);
  if (near !== undefined) return near;
  if (value === '') return { code: 'different', text: 'empty' };
  if (constant !== '' && value.startsWith(constant)) {
    return { code: 'prefix', text: `goes on with ${quoted(value.slice(constant.length))}` };
  }
  if (constant.startsWith(value))
    return { code: 'prefix', text: `lacks ${quoted(constant.slice(value.length))} at its end` };
  const at = commonPrefix(value, constant);
  return at < LEAST_COMMON ? { code: 'different', text: 'another text' } : atByte('different', value, constant, at);
}

function prefixDifference(value: ByteString, constant: ByteString): Reason {
  const near = nearDifference(value, constant, (text, other) => text.startsWith(other));
  if (near !== undefined) return near;
  if (value === '') return { code: 'prefix', text: 'empty' };
  if (constant.startsWith(value))
    return { code: 'prefix', text: `ends before ${quoted(constant.slice(value.length))}` };
  if (value.includes(constant)) return { code: 'contained', text: 'has it, but not at its beginning' };
  const at = commonPrefix(value, constant);
  if (at < LEAST_COMMON) return { code: 'prefix', text: 'does not begin so' };
  return atByte('prefix', value, constant, at);
}

function suffixDifference(value: ByteString, constant: ByteString): Reason {
  const near = nearDifference(value, constant, (text, other) => text.endsWith(other));
  if (near !== undefined) return near;
  if (value === '') return { code: 'suffix', text: 'empty' };
  const at = value.lastIndexOf(constant);
  if (at !== -1) return { code: 'suffix', text: `goes on with ${quoted(value.slice(at + constant.length))}` };
  return { code: 'suffix', text: `ends in ${quoted(value.slice(-Math.max(constant.length, 1)))}` };
}

function missing(value: ByteString, constant: ByteString): Reason {
  const near = nearDifference(value, constant, (text, other) => text.includes(other));
  return near ?? { code: 'not-contained', text: value === '' ? 'empty' : 'does not hold it' };
}

function contained(operator: Operator, value: ByteString, constant: ByteString): Reason {
  const isFolded = operator === 'icontains';
  const at = (isFolded ? asciiLower(value) : value).indexOf(isFolded ? asciiLower(constant) : constant);
  return { code: 'contained', text: at <= 0 ? 'holds it at the beginning' : `holds it at byte ${at}` };
}

/** A pattern that matches in another case, or a part of the text only. */
function mismatch(operator: 'glob' | 'iglob' | 'regex', value: ByteString, pattern: ByteString): Reason {
  if (operator === 'regex') {
    if (matches(compileRegex(asciiLower(pattern)), asciiLower(value)) && !pattern.includes('\\')) return OTHER_CASE;
    if (matches(compileRegex(`(.|\n)*(${pattern})(.|\n)*`), value)) {
      return { code: 'part-matches', text: 'a part of it matches, but the whole must' };
    }
    return { code: 'no-match', text: 'does not match' };
  }
  if (compileGlob(pattern, true)(value)) return OTHER_CASE;
  if (compileGlob(`*${pattern}*`, operator === 'iglob')(value)) {
    return { code: 'part-matches', text: 'a part of it matches, but the whole must' };
  }
  return { code: 'no-match', text: 'does not match' };
}

const OTHER_CASE: Reason = { code: 'other-case', text: 'would match in another case' };

function matches(test: ((text: ByteString) => boolean) | Refusal, value: ByteString): boolean {
  return !(test instanceof Refusal) && test(value);
}

/** A difference in case or in blanks around the text, which is easily overlooked. */
function nearDifference(
  value: ByteString,
  constant: ByteString,
  test: (text: ByteString, other: ByteString) => boolean,
): Reason | undefined {
  if (constant === '') return undefined;
  if (test(asciiLower(value), asciiLower(constant))) return { code: 'other-case', text: 'differs only in case' };
  const [text, other] = [value.trim(), constant.trim()];
  if (other === '' || !test(text, other)) return undefined;
  return { code: 'blanks', text: 'differs only by blanks around it' };
}

function atByte(code: ReasonCode, value: ByteString, constant: ByteString, at: number): Reason {
  const part = (text: ByteString): string => quoted(text.slice(at, at + 12));
  return { code, text: `differs at byte ${at}: ${part(value)}, not ${part(constant)}` };
}

function commonPrefix(a: ByteString, b: ByteString): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  // Not in the midst of a letter.
  while (at > 0 && ((a.charCodeAt(at) & 0xc0) === 0x80 || (b.charCodeAt(at) & 0xc0) === 0x80)) at--;
  return at;
}
