/** A value against the part of JSON Schema that the scenarios' schema uses; gives what is wrong, nothing when it fits. */
export function mismatches(schema: Schema, value: unknown, root: Schema = schema, at = ''): string[] {
  if (schema.$ref !== undefined) return mismatches(root.definitions?.[schema.$ref.slice(14)] ?? {}, value, root, at);
  const wrong: string[] = [];
  const say = (holds: boolean, what: string): void => void (holds || wrong.push(`${at || '/'}: ${what}`));
  if (schema.type !== undefined)
    say(
      [schema.type].flat().some((type) => isOf(type, value)),
      `is no ${[schema.type].flat().join(' or ')}`,
    );
  if (schema.enum !== undefined) say(schema.enum.includes(value), 'is none of the words');
  if (schema.const !== undefined) say(schema.const === value, 'is another word');
  if (typeof value === 'string' && schema.pattern !== undefined)
    say(new RegExp(schema.pattern).test(value), `is not like ${schema.pattern}`);
  if (typeof value === 'string') say(value.length >= (schema.minLength ?? 0), 'is too short');
  if (typeof value === 'number')
    say(value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity), 'is out of bounds');
  if (Array.isArray(value)) {
    say(value.length >= (schema.minItems ?? 0), 'has too few items');
    wrong.push(...value.flatMap((item, i) => mismatches(schema.items ?? {}, item, root, `${at}/${i}`)));
  } else if (isOf('object', value)) wrong.push(...objectMismatches(schema, value as Record<string, unknown>, root, at));
  for (const part of schema.allOf ?? []) wrong.push(...mismatches(part, value, root, at));
  const choices = (schema.anyOf ?? []).map((choice) => mismatches(choice, value, root, at));
  if (choices.length > 0 && !choices.some((found) => found.length === 0))
    wrong.push(`${at || '/'}: fits nothing: ${JSON.stringify(value)}`);
  return wrong;
}

function objectMismatches(schema: Schema, value: Record<string, unknown>, root: Schema, at: string): string[] {
  const wrong = (schema.required ?? []).filter((key) => !(key in value)).map((key) => `${at || '/'}: lacks ${key}`);
  if (Object.keys(value).length < (schema.minProperties ?? 0)) wrong.push(`${at || '/'}: has too few keys`);
  for (const [key, part] of Object.entries(value)) {
    const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) =>
      new RegExp(pattern).test(key),
    );
    const parts = [
      ...patterns.map(([, found]) => found),
      ...(schema.properties?.[key] ? [schema.properties[key]] : []),
    ];
    if (parts.length === 0 && schema.additionalProperties === false) wrong.push(`${at}/${key}: is no key`);
    if (parts.length === 0 && typeof schema.additionalProperties === 'object') parts.push(schema.additionalProperties);
    wrong.push(...parts.flatMap((found) => mismatches(found, part, root, `${at}/${key}`)));
  }
  return wrong;
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** The part of JSON Schema that the scenarios' schema uses. */
export interface Schema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
