import type { Mapping, Node } from '../../document/node.ts';
import type { NodeReader } from '../../document/reading.ts';
import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import { MAX_SCENARIO_CASES } from '../../model/limits.ts';
import { nearest } from '../../model/nearest.ts';
import type { JsonSchema } from '../language/kind.ts';
import type { CasePlan } from './case-plan.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const VALUE: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };
const NAMED = { [NAME.source]: VALUE };
const VECTOR: JsonSchema = {
  type: 'array',
  minItems: 1,
  items: { type: 'object', minProperties: 1, patternProperties: NAMED, additionalProperties: false },
};
const MATRIX: JsonSchema = {
  type: 'object',
  minProperties: 1,
  patternProperties: { [NAME.source]: { anyOf: [VALUE, { type: 'array', minItems: 1, items: VALUE }] } },
  additionalProperties: false,
};
const FORMS = ['vector', 'matrix'] as const;

/** What an editor may be told of `cases`. */
export const CASES_SCHEMA: JsonSchema = {
  anyOf: [
    VECTOR,
    { type: 'object', required: ['vector'], properties: { vector: VECTOR }, additionalProperties: false },
    { type: 'object', required: ['matrix'], properties: { matrix: MATRIX }, additionalProperties: false },
  ],
};

/**
 * Reads `cases`: a list of mappings (a vector, one case each), or a mapping from names to values of which every
 * combination is a case (a matrix, the last name changing fastest). Code `SCENARIO_CASES` and those of reading.
 */
export function readCasePlans(reader: NodeReader, node: Node): readonly CasePlan[] | undefined {
  const before = reader.diagnostics.length;
  const plans = plansOf(reader, node)?.map((values) => ({ name: nameOf(values), values }));
  if (plans === undefined || reader.diagnostics.length > before) return undefined;
  const names = new Set<string>();
  for (const { name } of plans) {
    if (names.has(name)) return fail(reader, node, `'cases' has the case '${name}' twice`);
    names.add(name);
  }
  return plans;
}

type Values = ReadonlyMap<ByteString, ByteString>;

function plansOf(reader: NodeReader, node: Node): readonly Values[] | undefined {
  if (node.kind === 'sequence') return vector(reader, node);
  const fields = reader.fields(node, "'cases'", FORMS);
  if (fields === undefined) return undefined;
  const [rows, columns] = [fields.get('vector'), fields.get('matrix')];
  if (rows !== undefined && columns !== undefined)
    return fail(reader, columns, "'cases' is a vector or a matrix, not both");
  if (rows !== undefined) return vector(reader, rows);
  if (columns !== undefined) return matrix(reader, columns);
  return fail(reader, node, "'cases' is empty", 'for instance - { shell: bash }');
}

function vector(reader: NodeReader, node: Node): readonly Values[] | undefined {
  const items = reader.items(node, 'a vector of cases');
  if (items === undefined) return undefined;
  const [first] = items;
  if (first === undefined) return fail(reader, node, "'cases' is empty", 'for instance - { shell: bash }');
  if (items.length > MAX_SCENARIO_CASES) return tooMany(reader, node, items.length);
  const wanted = namesOf(first);
  return items.flatMap((item) => {
    if (item.kind !== 'mapping') return fail(reader, item, 'a case must be a mapping from names to values') ?? [];
    const values = new Map<ByteString, ByteString>();
    for (const [name, value] of pairs(reader, item)) {
      const text = valueOf(reader, name, value);
      if (text !== undefined) values.set(name, text);
      if (!wanted.includes(name)) stranger(reader, value, name, wanted);
    }
    const missing = wanted.find((name) => !values.has(name));
    if (missing !== undefined) fail(reader, item, `this case does not say '${toUnicode(missing)}'`);
    return [values];
  });
}

function matrix(reader: NodeReader, node: Node): readonly Values[] | undefined {
  if (node.kind !== 'mapping') return fail(reader, node, 'a matrix must be a mapping from names to lists of values');
  let rows: Values[] = [new Map()];
  for (const [name, value] of pairs(reader, node)) {
    const choices = value.kind === 'sequence' ? value.items : [value];
    if (choices.length === 0) return fail(reader, value, `'${name}' has no value`);
    if (rows.length * choices.length > MAX_SCENARIO_CASES) return tooMany(reader, node, rows.length * choices.length);
    const texts = choices.map((choice) => valueOf(reader, name, choice) ?? '');
    rows = rows.flatMap((row) => texts.map((text) => new Map([...row, [name, text]])));
  }
  return rows;
}

function pairs(reader: NodeReader, node: Mapping): (readonly [ByteString, Node])[] {
  const seen = new Set<ByteString>();
  return node.pairs.flatMap(({ key, value }) => {
    const name = reader.text(key, 'a name of a case');
    if (name === undefined) return [];
    if (!NAME.test(name)) {
      const message = `'${toUnicode(name)}' can't be the name of a value`;
      return fail(reader, key, message, 'letters, digits and _, beginning with a letter') ?? [];
    }
    if (seen.has(name)) return reader.fail('YAML_DUPLICATE_KEY', key, `the name '${name}' is there twice`) ?? [];
    seen.add(name);
    return [[name, value]];
  });
}

function valueOf(reader: NodeReader, name: ByteString, node: Node): ByteString | undefined {
  return node.kind === 'null' ? '' : reader.text(node, `'${name}'`);
}

function namesOf(node: Node): readonly ByteString[] {
  if (node.kind !== 'mapping') return [];
  return node.pairs.flatMap(({ key }) => (key.kind === 'scalar' ? [key.text] : []));
}

function nameOf(values: Values): string {
  return [...values].map(([name, text]) => `${name}=${toUnicode(text)}`).join(', ');
}

function stranger(reader: NodeReader, node: Node, name: ByteString, wanted: readonly ByteString[]): void {
  const near = nearest(name, wanted);
  const hint = near === undefined ? 'every case says the same names' : `did you mean '${near}'?`;
  fail(reader, node, `the first case does not say '${name}'`, hint);
}

function tooMany(reader: NodeReader, node: Node, count: number): undefined {
  const message = `'cases' makes ${count} cases; at most ${MAX_SCENARIO_CASES} are read`;
  return reader.fail('LIMIT_SCENARIO_CASES', node, message);
}

function fail(reader: NodeReader, node: Node, message: string, hint?: string): undefined {
  return reader.fail('SCENARIO_CASES', node, message, hint);
}
