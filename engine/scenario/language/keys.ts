import type { Fields, NodeReader } from '../../document/reading.ts';
import type { JsonSchema, Keys, ValuesOf } from './kind.ts';

/**
 * Reads the keys of a mapping. A value that can't be read is reported and becomes its fallback, so that one mistake
 * does not hide the others; undefined only when a required key is missing or wrong.
 */
export function readKeys<K extends Keys>(reader: NodeReader, fields: Fields, keys: K): ValuesOf<K> | undefined {
  const values: Record<string, unknown> = {};
  let complete = true;
  for (const [name, key] of Object.entries(keys)) {
    const node = key.required ? fields.required(name) : fields.get(name);
    const value = node === undefined ? undefined : key.kind.read(reader, node, `'${name}'`);
    values[name] = value ?? key.fallback;
    if (key.required && value === undefined) complete = false;
  }
  return complete ? (values as ValuesOf<K>) : undefined;
}

/** The JSON Schema of each key, with its description. */
export function keySchemas(keys: Keys): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(keys).map(([name, key]) => [name, { ...key.kind.schema, description: key.about }]),
  );
}

/** The names of the keys that must be there. */
export function requiredNames(keys: Keys): string[] {
  return Object.entries(keys).flatMap(([name, key]) => (key.required ? [name] : []));
}
