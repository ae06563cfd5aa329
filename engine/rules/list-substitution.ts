import { ConditionBuilder } from '../filter/condition-builder.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';

const COMMA = 0x2c;

/** The characters that can stand around the name of a list. */
export function isDelimiter(code: number): boolean {
  return isListBlank(code) || code === 0x28 || code === 0x29 || code === 0x2c || code === 0x3d;
}

/** Blanks around the name of a list, which go away with it. */
export function isListBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/**
 * A condition with the items of a list wherever its name stands alone, or undefined where it doesn't. The blanks around
 * the name go; an empty list takes one comma beside it along. A name at the very start hides one that follows at once:
 * Falco goes on one character too late there.
 */
export function substitute(
  condition: ConditionText,
  name: ByteString,
  items: ConditionText,
): ConditionText | undefined {
  const { value } = condition;
  let builder: ConditionBuilder | undefined;
  let done = 0;
  let found = value.indexOf(name);
  while (found !== -1) {
    if (!standsAlone(value, found, name.length, done, builder)) {
      found = value.indexOf(name, found + 1);
      continue;
    }
    builder ??= new ConditionBuilder();
    builder.append(condition, done, found);
    done = skipAround(builder, value, found + name.length, items.value === '');
    const atStart = builder.length === 0;
    if (!atStart) builder.glue(' ', condition);
    builder.insert(items).glue(' ', condition);
    found = value.indexOf(name, atStart ? done + 1 : done);
  }
  return builder?.append(condition, done).build();
}

function standsAlone(
  value: ByteString,
  found: number,
  length: number,
  done: number,
  builder: ConditionBuilder | undefined,
): boolean {
  const before =
    found > done || builder === undefined ? (found === 0 ? -1 : value.charCodeAt(found - 1)) : builder.last;
  const end = found + length;
  return (before === -1 || isDelimiter(before)) && (end >= value.length || isDelimiter(value.charCodeAt(end)));
}

/** Takes away the blanks, and beside an empty list a comma, on both sides; gives where the condition goes on. */
function skipAround(builder: ConditionBuilder, value: ByteString, from: number, isEmpty: boolean): number {
  while (isListBlank(builder.last)) builder.dropLast();
  let end = from;
  while (end < value.length && isListBlank(value.charCodeAt(end))) end++;
  if (!isEmpty) return end;
  if (builder.last === COMMA) builder.dropLast();
  else if (value.charCodeAt(end) === COMMA) end++;
  return end;
}
