import type { JsonSchema } from '../language/kind.ts';

/** For the `definitions` of a schema: a text with the name of a value in it, which a case replaces, such as `${port}`. */
export const FILLED_DEFINITION: JsonSchema = { filled: { type: 'string', pattern: '\\$\\{[^}]+\\}' } };
const FILLED: JsonSchema = { $ref: '#/definitions/filled' };

/**
 * The schema of a mapping, with values that may also be texts which a case fills: where a story takes a number or one of
 * several words, the file may say `${name}`.
 */
export function withFilled(schema: JsonSchema): JsonSchema {
  const { properties, patternProperties, items, anyOf } = schema as Parts;
  return {
    ...schema,
    ...(properties !== undefined && { properties: eachValue(properties) }),
    ...(patternProperties !== undefined && { patternProperties: eachValue(patternProperties) }),
    ...(items !== undefined && { items: orFilled(items) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map(withFilled) }),
  };
}

interface Parts {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function eachValue(values: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, orFilled(value)]));
}

function orFilled(schema: JsonSchema): JsonSchema {
  const inner = withFilled(schema);
  if (inner.type === 'object' || takesAnyText(inner)) return inner;
  const { description, ...rest } = inner;
  const choices = Object.keys(rest).length === 1 && Array.isArray(rest.anyOf) ? (rest.anyOf as JsonSchema[]) : [rest];
  return { ...(description !== undefined && { description }), anyOf: [...choices, FILLED] };
}

/** Whether a text with a name in it fits already. */
function takesAnyText(schema: JsonSchema): boolean {
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as JsonSchema[]).some(takesAnyText);
  const isText = schema.type === undefined || [schema.type].flat().includes('string');
  return isText && schema.pattern === undefined && schema.enum === undefined && schema.const === undefined;
}
