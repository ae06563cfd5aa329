import { decodeBoolean, decodeUnsigned } from '../document/decode.ts';
import { valueOf, type Mapping, type Node, type Scalar } from '../document/node.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { Context } from './context.ts';
import { invalidStructure } from './load-error.ts';

/** The value of a key that must be there: a scalar that isn't empty. */
export function requiredScalar(item: Mapping, key: string, context: Context): Scalar {
  return scalarOf(present(item, key, context), key, context);
}

/** The value of a key that may be absent but, if it is there, must not be empty. */
export function optionalScalar(item: Mapping, key: string, context: Context): Scalar | undefined {
  const value = valueOf(item, key);
  return value === undefined ? undefined : scalarOf(value, key, context);
}

/** The value of a key that may be absent, null or empty; all three are an empty text. */
export function emptiableText(item: Mapping, key: string, context: Context): ByteString {
  const value = valueOf(item, key);
  if (value === undefined || value.kind === 'null' || (value.kind === 'scalar' && value.text === '')) return '';
  return scalarOf(value, key, context).text;
}

/** A truth value that must be there. */
export function requiredBoolean(item: Mapping, key: string, context: Context): boolean {
  return booleanOf(requiredScalar(item, key, context), key, context);
}

/** A truth value, or what counts without one. */
export function optionalBoolean(item: Mapping, key: string, context: Context, otherwise: boolean): boolean {
  const scalar = optionalScalar(item, key, context);
  return scalar === undefined ? otherwise : booleanOf(scalar, key, context);
}

/** A whole number without sign that fits 32 bits. */
export function requiredUnsigned(item: Mapping, key: string, context: Context): number {
  return unsignedOf(requiredScalar(item, key, context), key, context);
}

/** A whole number without sign that fits 32 bits, or what counts without one. */
export function optionalUnsigned(item: Mapping, key: string, context: Context, otherwise: number): number {
  const scalar = optionalScalar(item, key, context);
  return scalar === undefined ? otherwise : unsignedOf(scalar, key, context);
}

/** The scalars of a list that must be there. They may be empty. */
export function requiredScalars(item: Mapping, key: string, context: Context): Scalar[] {
  return scalarsOf(present(item, key, context), key, context);
}

/** The scalars of a list, none without one. */
export function optionalScalars(item: Mapping, key: string, context: Context): Scalar[] {
  const value = valueOf(item, key);
  return value === undefined ? [] : scalarsOf(value, key, context);
}

/** A key as Falco takes it for a text; a null key is the word for it. Other kinds are refused before this is asked. */
export function keyText(key: Node): ByteString {
  return key.kind === 'scalar' ? key.text : 'null';
}

function present(item: Mapping, key: string, context: Context): Node {
  return valueOf(item, key) ?? invalidStructure(`Item has no mapping for key '${key}'`, context, misspelt(item, key));
}

function scalarOf(value: Node, key: string, context: Context): Scalar {
  if (value.kind === 'null') invalidStructure(`Mapping for key '${key}' is empty`, context);
  const inside = context.at(value, 'value for', key);
  if (value.kind !== 'scalar') return invalidStructure('Value is not a scalar value', inside);
  if (value.text === '') invalidStructure('Value must be non-empty', inside, emptyHint(value));
  return value;
}

function scalarsOf(value: Node, key: string, context: Context): Scalar[] {
  const inside = context.at(value, 'value for', key);
  if (value.kind !== 'sequence') return invalidStructure('Value is not a sequence', inside, 'write a list: [a, b]');
  return value.items.map((item) => {
    if (item.kind === 'scalar') return item;
    return invalidStructure('sequence value is not scalar', inside.at(item, 'list item'));
  });
}

function booleanOf(scalar: Scalar, key: string, context: Context): boolean {
  return decodeBoolean(scalar.text) ?? undecodable(scalar, key, context, 'write true or false');
}

function unsignedOf(scalar: Scalar, key: string, context: Context): number {
  return decodeUnsigned(scalar.text) ?? undecodable(scalar, key, context, 'write a whole number');
}

function undecodable(scalar: Scalar, key: string, context: Context, hint: string): never {
  return invalidStructure("Can't decode YAML scalar value", context.at(scalar, 'value for', key), hint);
}

/** A tag has nothing after it: `!=` without quotes. */
function emptyHint(scalar: Scalar): string | undefined {
  return scalar.style === 'empty' ? 'put an operator that begins with ! in quotes: YAML takes it for a tag' : undefined;
}

/** A key of the item that looks like the one that is missing. */
function misspelt(item: Mapping, key: string): string | undefined {
  const near = nearest(
    key,
    item.pairs.map((pair) => toUnicode(keyText(pair.key))),
  );
  return near === undefined || near === key ? undefined : `did you mean '${key}' by '${near}'?`;
}
