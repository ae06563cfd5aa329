import type { ByteString } from '../model/byte-string.ts';
import type { ParamType } from '../model/param-type.ts';
import type { Scalar, Value } from '../model/value.ts';
import type { Field } from './field.ts';
import { decodeBase64 } from './transform-base64.ts';
import { asciiLower, asciiUpper } from './transform-case.ts';
import { combine } from './transform-combine.ts';
import type { OperandProblem, TransformedField } from './transform-part.ts';
import { isTextType, typeName } from './transform-type.ts';

/** What each transformer of texts makes of one; undefined where nothing comes out. */
const TEXT_TRANSFORMERS: Readonly<Record<string, (text: ByteString) => ByteString | undefined>> = {
  tolower: asciiLower,
  toupper: asciiUpper,
  b64: decodeBase64,
  basename: (path) => path.slice(path.lastIndexOf('/') + 1),
};

/** True for the name of a transformer of one value. */
export function isSingleTransformer(name: string): boolean {
  return name === 'len' || Object.hasOwn(TEXT_TRANSFORMERS, name);
}

/** `tolower`, `toupper`, `b64`, `basename` or `len` over one field. */
export function transformSingle(name: string, field: Field): TransformedField | OperandProblem {
  if (field.row.noTransformer) {
    return { problem: 'type', message: `field '${field.row.name}' does not support transformers` };
  }
  if (!accepts(name, field.type, field.list)) return unsupported(name, field);
  return name === 'len' ? lengthOf(field) : transformText(name, field);
}

function accepts(name: string, type: ParamType, isList: boolean): boolean {
  if (name === 'len') return isList || isTextType(type) || type === 'BYTEBUF';
  return name === 'b64' ? type === 'CHARBUF' || type === 'BYTEBUF' : isTextType(type);
}

function unsupported(name: string, field: Field): OperandProblem {
  const applied = `'${name}' transformer applied on ${field.list ? 'list ' : ''}field '${field.row.name}'`;
  return {
    problem: 'type',
    message: `can't add field transformer: type '${typeName(field.type)}' is not supported by ${applied}`,
  };
}

function transformText(name: string, field: Field): TransformedField {
  const change = TEXT_TRANSFORMERS[name] as (text: ByteString) => ByteString | undefined;
  const isBuffer = field.type === 'BYTEBUF';
  const one = (value: Scalar): ByteString | undefined => {
    const changed = change(withoutNuls(value as ByteString));
    return changed === undefined || !isBuffer ? changed && withoutNuls(changed) : withNul(changed);
  };
  const all = (value: Value): Value | undefined => {
    if (typeof value !== 'object') return one(value);
    const changed = value.map(one);
    return changed.every((item) => item !== undefined) ? changed : undefined;
  };
  return combine([field], {
    name: `${name}(${field.name})`,
    row: field.row,
    type: field.type,
    print: field.print,
    list: field.list,
    value: ([value]) => all(value as Value),
    ...(isBuffer ? {} : { held: (value: Value) => eachText(value, withNul) }),
  });
}

function eachText(value: Value, change: (text: ByteString) => ByteString): Value {
  return typeof value === 'object' ? value.map((item) => change(item as ByteString)) : change(value as ByteString);
}

function withNul(text: ByteString): ByteString {
  return text.endsWith('\0') ? text : `${text}\0`;
}

function lengthOf(field: Field): TransformedField {
  // A list that getopt made counts as one text here, as in Falco, which ends when there are several.
  const countsItems = field.list && field.row.list;
  const isText = field.type !== 'BYTEBUF';
  const lengthOfOne = (value: ByteString) => (isText && value.includes('\0') ? value.indexOf('\0') : value.length);
  const length = (value: Value): number | undefined => {
    if (typeof value !== 'object') return lengthOfOne(value as ByteString);
    if (countsItems) return value.length;
    return value.length === 1 ? lengthOfOne(value[0] as ByteString) : undefined;
  };
  return combine([field], {
    name: `len(${field.name})`,
    row: field.row,
    type: 'UINT64',
    print: field.print,
    list: false,
    value: ([value]) => length(value as Value),
  });
}

function withoutNuls(text: ByteString): ByteString {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\0') end--;
  return end === text.length ? text : text.slice(0, end);
}
