import type { ByteString } from '../model/byte-string.ts';
import type { Value } from '../model/value.ts';
import type { Field } from './field.ts';
import { combine } from './transform-combine.ts';
import { readOptionLetters, scanOptions, type OptionLetters } from './transform-getopt.ts';
import { isConstant, NO_ROW, OPTIONS_ROW, type OperandProblem, type TransformedField } from './transform-part.ts';
import { bytesOfValue, cTextOf } from './transform-text.ts';

/** True for the name of a transformer of several values. */
export function isSeveralTransformer(name: string): boolean {
  return name === 'join' || name === 'concat' || name === 'getopt';
}

/** `join`, `concat` or `getopt` over two arguments or more; `argument` is what stands in brackets behind it. */
export function transformSeveral(
  name: string,
  parts: readonly Field[],
  argument: string | undefined,
): TransformedField | OperandProblem {
  const problem = checkParts(name, parts) ?? checkArgument(name, argument);
  if (problem !== undefined) return { problem: 'type', message: problem };
  const shown = `${name}(${parts.map((part) => part.name).join(',')})`;
  if (name === 'join') return combine(parts, { ...text(shown), value: join(parts) });
  if (name === 'concat') return combine(parts, { ...text(shown), value: concat(parts) });
  return getopt(shown, parts, argument);
}

function text(name: string) {
  return { name, row: NO_ROW, type: 'CHARBUF', print: 'NA', list: false } as const;
}

/** Falco looks at what its arguments were before any transformer, and so must this. */
function checkParts(name: string, parts: readonly Field[]): string | undefined {
  const rows = parts.map((part) => part.row);
  const [first, second] = rows;
  if (name === 'concat') {
    return rows.every((row) => row.type === 'CHARBUF' && !row.list) ? undefined : 'concat() arguments must be strings';
  }
  if (name === 'join') {
    if (rows.length !== 2) return 'join() requires exactly 2 arguments: separator and list';
    if (first?.list === true) return 'join() first argument (separator) must be a single value, not a list';
    return second?.list === true ? undefined : 'join() second argument must be a list';
  }
  if (rows.length !== 2) return 'getopt() requires exactly 2 arguments: args list and optstring';
  if (first?.list !== true) return 'getopt() first argument must be a list';
  if (second?.list === true) return 'getopt() second argument (optstring) must be a single value';
  return rows.every((row) => row.type === 'CHARBUF') ? undefined : 'getopt() arguments must be strings';
}

function checkArgument(name: string, argument: string | undefined): string | undefined {
  if (argument === undefined) return undefined;
  if (name !== 'getopt') return `transformer '${name}' does not support field arguments`;
  return argument.length === 1 ? undefined : 'getopt() field argument must be a single option character';
}

function join(parts: readonly Field[]): (values: readonly Value[]) => Value {
  const [separator] = parts as [Field];
  return ([between, list]) => {
    const items = (typeof list === 'object' ? list : [list]) as readonly ByteString[];
    return cTextOf(items.map((item) => cTextOf(item)).join(bytesOfValue(between as Value, separator.type)));
  };
}

function concat(parts: readonly Field[]): (values: readonly Value[]) => Value {
  return (values) =>
    values
      .map((value, i) => {
        const first = typeof value === 'object' ? (value[0] ?? '') : value;
        return cTextOf(bytesOfValue(first, (parts[i] as Field).type));
      })
      .join('');
}

function getopt(name: string, parts: readonly Field[], argument: string | undefined): TransformedField {
  const letters = optionLetters(parts[1] as Field);
  const scan = ([words, options]: readonly Value[]) =>
    scanOptions(words as readonly ByteString[], letters(options as ByteString));
  if (argument === undefined) {
    const value = (values: readonly Value[]) => scan(values).flatMap((option) => option.texts);
    return combine(parts, { ...text(name), row: OPTIONS_ROW, list: true, value });
  }
  return combine(parts, {
    ...text(`${name}[${argument}]`),
    value: (values) =>
      scan(values)
        .findLast((option) => option.letter === argument)
        ?.texts.at(-1),
  });
}

/** The letters are read once where they are a constant, as they nearly always are. */
function optionLetters(part: Field): (value: ByteString) => OptionLetters {
  if (!isConstant(part)) return readOptionLetters;
  let letters: OptionLetters | undefined;
  return (value) => (letters ??= readOptionLetters(value));
}
