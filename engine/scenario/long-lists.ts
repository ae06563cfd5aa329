import type { JsonSchema } from './language/kind.ts';

/** Lists of words longer than this are written once. */
const SHORT_LIST = 8;

/** Moves the long lists of words of a schema to its `definitions`, where every place that has one refers to it. */
export function shareLongLists(schema: JsonSchema): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const shared = share(schema, definitions) as JsonSchema;
  const own = shared.definitions as JsonSchema | undefined;
  return { ...shared, definitions: { ...own, ...Object.fromEntries(definitions) } };
}

function share(value: unknown, definitions: Map<string, JsonSchema>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => share(item, definitions));
  if (typeof value !== 'object' || value === null) return value;
  const { enum: words, description, ...rest } = value as JsonSchema;
  if (Array.isArray(words) && words.length > SHORT_LIST && Object.keys(rest).length === 0) {
    const reference = { $ref: `#/definitions/${nameOf(words as string[], definitions)}` };
    // A description beside a reference would be ignored.
    return description === undefined ? reference : { description, allOf: [reference] };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, share(part, definitions)]));
}

/** A list is called by its first word, with a number where another one begins with it. */
function nameOf(words: readonly string[], definitions: Map<string, JsonSchema>): string {
  const text = JSON.stringify(words);
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${words[0]}` : `${words[0]}-${number}`;
    const known = definitions.get(name);
    if (known === undefined) definitions.set(name, { enum: words });
    if (known === undefined || JSON.stringify(known.enum) === text) return name;
  }
}
