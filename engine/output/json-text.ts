import { Double, type JsonValue } from '../model/alert.ts';

/** A value as compact JSON. Integers keep all their digits; a floating-point number always has a fraction or an exponent. */
export function jsonText(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Double) return doubleText(value.value);
  return `[${(value as readonly JsonValue[]).map(jsonText).join(',')}]`;
}

/** A text as a JSON string: quotes, backslashes and control characters escaped, all else as it is. */
export function jsonString(text: string): string {
  return JSON.stringify(text);
}

/** An object from its members, by key in byte order. */
export function jsonObject(members: Iterable<readonly [key: string, json: string]>): string {
  const sorted = [...members].sort(([left], [right]) => compareCodePoints(left, right));
  return `{${sorted.map(([key, json]) => `${jsonString(key)}:${json}`).join(',')}}`;
}

/** Order of code points, which is that of UTF-8 bytes; JavaScript's own order differs beyond U+FFFF. */
function compareCodePoints(left: string, right: string): number {
  const a = left[Symbol.iterator]();
  const b = right[Symbol.iterator]();
  for (;;) {
    const one = a.next();
    const other = b.next();
    if (one.done === true || other.done === true) return (one.done === true ? 0 : 1) - (other.done === true ? 0 : 1);
    const difference = (one.value.codePointAt(0) as number) - (other.value.codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
}

/** Digits before the point, beyond which a number is written with an exponent. */
const MOST_DIGITS = 15;
/** Zeros after the point, likewise. */
const MOST_ZEROS = 3;

/** The shortest digits that read back as the same number, laid out as nlohmann's JSON library does. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa, exponentText] = Math.abs(value).toExponential().split('e') as [string, string];
  const digits = mantissa.replace('.', '');
  const point = Number(exponentText) + 1;
  return (value < 0 ? '-' : '') + placed(digits, point);
}

/** @param point how many digits stand before the point; negative for zeros after it */
function placed(digits: string, point: number): string {
  if (digits.length <= point && point <= MOST_DIGITS) return `${digits.padEnd(point, '0')}.0`;
  if (point > 0 && point <= MOST_DIGITS) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point <= 0 && -point <= MOST_ZEROS) return `0.${'0'.repeat(-point)}${digits}`;
  const exponent = point - 1;
  const fraction = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
