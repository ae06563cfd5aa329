/** A schema of the OpenAPI document: the keywords that ours use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const WIDTH = 116;

/**
 * A schema as a type of TypeScript.
 *
 * @param indent blanks at the beginning of the line on which it stands
 * @param isSent whether it is sent, where a member may also be given as undefined
 */
export function typeOf(schema: Schema, indent: string, isSent: boolean): string {
  const { $ref, anyOf, allOf, items } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (schema.enum !== undefined) return schema.enum.map((value) => quoted(value)).join(' | ');
  if (anyOf !== undefined) return unique(anyOf.map((one) => typeOf(one, indent, isSent))).join(' | ');
  if (allOf !== undefined) {
    const said = allOf.filter((one) => one.$ref !== undefined || one.type !== undefined);
    return said.map((one) => typeOf(one, indent, isSent)).join(' & ');
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) return 'unknown';
  return types
    .map((type) => {
      if (type === 'array') return arrayOf(typeOf(items ?? {}, indent, isSent));
      if (type === 'object') return objectOf(schema, indent, isSent);
      return type === 'integer' ? 'number' : type;
    })
    .join(' | ');
}

/** A text as a comment before a declaration. */
export function commentOf(text: string, indent: string): string {
  const safe = text.replaceAll('*/', '* /');
  const whole = `${indent}/** ${safe} */\n`;
  if (whole.length <= WIDTH && !text.includes('\n')) return whole;
  const lines: string[] = [];
  for (const word of safe.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || indent.length + last.length + word.length + 4 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

function objectOf(
  { properties, required = [], additionalProperties: more }: Schema,
  indent: string,
  isSent: boolean,
): string {
  const rest = typeof more === 'object' && Object.keys(more).length > 0 ? typeOf(more, indent, isSent) : 'unknown';
  const entries = Object.entries(properties ?? {});
  if (entries.length === 0) return `Readonly<Record<string, ${rest}>>`;
  const inner = `${indent}  `;
  const members = entries.map(([name, schema]) => {
    const optional = required.includes(name) ? '' : '?';
    const undefinedToo = isSent && optional === '?' ? ' | undefined' : '';
    const comment = schema.description === undefined ? '' : commentOf(schema.description, inner);
    return `${comment}${inner}readonly ${nameOf(name)}${optional}: ${typeOf(schema, inner, isSent)}${undefinedToo};\n`;
  });
  const others = typeof more === 'object' || more === true ? [`${inner}readonly [other: string]: unknown;\n`] : [];
  return `{\n${[...members, ...others].join('')}${indent}}`;
}

function arrayOf(type: string): string {
  return /[|&]/.test(type) && !type.startsWith('{') ? `readonly (${type})[]` : `readonly ${type}[]`;
}

function nameOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

function quoted(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : JSON.stringify(value);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
