import { decodeBoolean } from '../document/decode.ts';
import { readDocuments } from '../document/read-documents.ts';
import type { Node } from '../document/node.ts';
import { toUnicode } from '../model/byte-string.ts';
import { Source } from '../model/source.ts';

/** A value of a YAML file without its places: texts, lists, mappings. A number is the text it is written as. */
export type Plain = string | null | readonly Plain[] | { readonly [key: string]: Plain };

/** A node as a plain value. */
export function plainOf(node: Node): Plain {
  if (node.kind === 'null') return null;
  if (node.kind === 'scalar') return toUnicode(node.text).trim();
  if (node.kind === 'sequence') return node.items.map(plainOf);
  const pairs = node.pairs.flatMap(({ key, value }) =>
    key.kind === 'scalar' ? [[toUnicode(key.text), plainOf(value)] as const] : [],
  );
  // The first of two equal keys counts, and stands where it is written.
  const first = new Map<string, Plain>();
  for (const [key, value] of pairs) if (!first.has(key)) first.set(key, value);
  return Object.fromEntries(first);
}

/** The first document of a text; null where it has none or is no YAML. */
export function readPlain(name: string, text: string): Plain {
  const [document] = readDocuments(new Source(name, text)).documents;
  return document === undefined ? null : plainOf(document);
}

/** The value at `a.b.c`; undefined where nothing is. */
export function plainAt(value: Plain, path: string): Plain | undefined {
  let here: Plain | undefined = value;
  for (const key of path.split('.')) here = isMapping(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return here;
}

/** True for a mapping. */
export function isMapping(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values say the same: `yes` is `true`, the order of keys means nothing. */
export function samePlain(one: Plain | undefined, other: Plain | undefined): boolean {
  if (typeof one === 'string' && typeof other === 'string') {
    const truth = decodeBoolean(one);
    return one === other || (truth !== undefined && truth === decodeBoolean(other));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => samePlain(item, other[i]));
  }
  if (isMapping(one) && isMapping(other)) {
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length) return false;
    return keys.every((key) => Object.hasOwn(other, key) && samePlain(one[key], other[key]));
  }
  return one === other;
}

/** A value in one line, for people. */
export function plainText(value: Plain | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : value;
  if (Array.isArray(value)) return `[${value.map(plainText).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${plainText(one)}`)
    .join(', ')} }`;
}
