import type { Mapping, Node } from '../document/node.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { MAX_DIAGNOSTICS } from '../model/limits.ts';
import type { Context } from './context.ts';
import { LoadError } from './load-error.ts';
import { RULE_FILE_SCHEMA, type Schema } from './schema.ts';

/**
 * Checks a document against the schema and gives what is wrong, in the words of Falco's validator: first inside, then
 * that something inside is wrong. Nothing depends on it, save that a key that is no scalar can't be read, and that Falco
 * does not survive an empty list where an object should be; both throw.
 */
export function validateSchema(document: Node, file: Context): string[] {
  const validation = new Validation(file);
  validation.check(document, RULE_FILE_SCHEMA, '<root>');
  return validation.problems;
}

class Validation {
  problems: string[] = [];
  readonly #file: Context;

  constructor(file: Context) {
    this.#file = file;
  }

  /** True when a node fits; otherwise problems are added. */
  check(node: Node, schema: Schema, path: string): boolean {
    let fits = true;
    const refuse = (message: string) => {
      this.#say(path, message);
      fits = false;
    };
    if (schema.type !== undefined && !hasType(node, schema.type)) {
      refuse("Value type not permitted by 'type' constraint.");
    }
    if (schema.choices !== undefined && !(node.kind === 'scalar' && schema.choices.includes(node.text))) {
      refuse('Failed to match against any enum values.');
    }
    if (schema.anyOf !== undefined && !this.#checkAny(node, schema.anyOf, path)) fits = false;
    if (schema.items !== undefined && node.kind === 'sequence') {
      const { items } = schema;
      node.items.forEach((item, index) => {
        if (!this.check(item, items, `${path}[${index}]`)) refuse(`Failed to validate item #${index} in array.`);
      });
    }
    if (schema.properties === undefined) return fits;
    this.#refuseEmptyList(node);
    if (node.kind === 'mapping' && !this.#checkProperties(node, schema, schema.properties, path)) fits = false;
    return fits;
  }

  #checkAny(node: Node, schemas: readonly Schema[], path: string): boolean {
    const before = this.problems;
    this.problems = [];
    const fits = schemas.map((schema, index) => {
      const one = this.check(node, schema, path);
      if (!one) this.#say(path, `Failed to validate against child schema #${index}.`);
      return one;
    });
    const inside = this.problems;
    this.problems = before;
    if (fits.includes(true)) return true;
    for (const problem of inside) this.#add(problem);
    this.#say(path, 'Failed to validate against any schemas allowed by anyOf constraint.');
    return false;
  }

  #checkProperties(
    node: Mapping,
    { fewestProperties = 0, required = [] }: Schema,
    properties: Readonly<Record<string, Schema>>,
    path: string,
  ): boolean {
    const values = new Map<ByteString, Node>();
    for (const { key, value } of node.pairs) {
      const name = this.#keyText(key);
      if (!values.has(name)) values.set(name, value);
    }
    let fits = true;
    const refuse = (message: string) => {
      this.#say(path, message);
      fits = false;
    };
    if (node.pairs.length < fewestProperties) {
      refuse(`Object should have no fewer than ${fewestProperties} properties.`);
    }
    for (const name of Object.keys(properties).toSorted()) {
      const value = values.get(name);
      if (value === undefined || this.check(value, properties[name] as Schema, `${path}[${name}]`)) continue;
      refuse(`Failed to validate against schema associated with property name '${name}'.`);
    }
    const other = [...values.keys()].find((name) => !(name in properties));
    if (other !== undefined || values.size !== node.pairs.length) {
      refuse(
        `Object contains a property that could not be validated using 'properties' or 'additionalProperties' constraints: '${toUnicode(other ?? '')}'.`,
      );
    }
    for (const name of required) if (!values.has(name)) refuse(`Missing required property '${name}'.`);
    return fits;
  }

  #keyText(key: Node): ByteString {
    if (key.kind === 'scalar') return key.text;
    if (key.kind === 'null') return 'null';
    const { line, column } = key.mark;
    const message = `yaml-cpp: error at line ${line + 1}, column ${column + 1}: bad conversion`;
    const place = this.#file.withSpan(this.#file.at(key, 'value for').span);
    throw new LoadError('LOAD_ERR_YAML_PARSE', message, place, 'a key must be a single value');
  }

  #refuseEmptyList(node: Node): void {
    if (node.kind !== 'sequence' || node.items.length > 0) return;
    const place = this.#file.withSpan(this.#file.at(node, 'value for').span);
    throw new LoadError('RUNTIME_EXCEPTION', 'JSON value is not an object.', place, 'write a mapping here, not a list');
  }

  #say(path: string, message: string): void {
    this.#add(`failed for ${path}: ${message}`);
  }

  #add(problem: string): void {
    if (this.problems.length < MAX_DIAGNOSTICS) this.problems.push(problem);
  }
}

function hasType(node: Node, type: NonNullable<Schema['type']>): boolean {
  switch (type) {
    case 'array':
      return node.kind === 'sequence';
    case 'object':
      return node.kind === 'mapping';
    case 'string':
      return node.kind === 'scalar';
    case 'boolean':
      return node.kind === 'scalar' && (node.text === 'true' || node.text === 'false');
    case 'integer':
      return node.kind === 'scalar' && isInt64(node.text);
  }
}

function isInt64(text: ByteString): boolean {
  const digits = /^[ \t-\r]*([+-]?[0-9]{1,40})$/.exec(text)?.[1];
  if (digits === undefined) return false;
  const value = BigInt(digits.replace('+', ''));
  return value === BigInt.asIntN(64, value);
}
