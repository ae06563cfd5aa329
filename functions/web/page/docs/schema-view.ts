import { element, prose } from './element.ts';
import type { Schema } from './openapi-document.ts';

/** Schemas by name, as the document has them. */
export type Schemas = Readonly<Record<string, Schema>>;

/** A schema as rows of members: name, type, meaning. Named schemas that it uses are linked, not repeated. */
export function schemaView(schema: Schema, schemas: Schemas): HTMLElement {
  const { properties } = schema.$ref === undefined ? schema : { properties: undefined };
  if (properties === undefined) return element('p', { class: 'type' }, ...typeWords(schema));
  const rows = Object.entries(properties).map(([name, member]) =>
    memberRow(name, member, schema.required?.includes(name) ?? false, schemas),
  );
  return element('dl', { class: 'members' }, ...rows);
}

function memberRow(name: string, member: Schema, required: boolean, schemas: Schemas): HTMLElement {
  const nested = nestedObject(member);
  return element(
    'div',
    {},
    element('dt', {}, element('code', { text: name }), ...(required ? [element('span', { text: 'required' })] : [])),
    element(
      'dd',
      {},
      element('span', { class: 'type' }, ...typeWords(member)),
      ...(member.description === undefined ? [] : [element('p', {}, ...prose(member.description))]),
      ...notes(member),
      ...(nested === undefined ? [] : [schemaView(nested, schemas)]),
    ),
  );
}

function notes({ default: standard, example, enum: choices }: Schema): HTMLElement[] {
  const found: HTMLElement[] = [];
  if (choices !== undefined && choices.length > 12)
    found.push(element('p', { text: `one of ${choices.length} words` }));
  if (standard !== undefined && String(standard) !== '') found.push(note('unless given', standard));
  if (example !== undefined) found.push(note('for example', example));
  return found;
}

function note(words: string, value: unknown): HTMLElement {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return element('p', { class: 'note' }, `${words} `, element('code', { text }));
}

/** The members of an object, or of the objects in a list, that has no name of its own. */
function nestedObject(schema: Schema): Schema | undefined {
  if (schema.$ref !== undefined) return undefined;
  if (schema.properties !== undefined) return schema;
  return schema.items === undefined ? undefined : nestedObject(schema.items);
}

/** A schema's type in words: `list of text or Diagnostic`. */
function typeWords(schema: Schema): (Node | string)[] {
  const { $ref, type, items, anyOf, allOf, enum: choices, format } = schema;
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return [element('a', { text: name, attributes: { href: `#schema-${name}` } })];
  }
  if (items !== undefined) return ['list of ', ...typeWords(items)];
  const several = anyOf ?? allOf;
  if (several !== undefined) {
    return several.flatMap((one, index) => [...(index === 0 ? [] : [' or ']), ...typeWords(one)]);
  }
  if (choices !== undefined && choices.length <= 12) return [choices.map(String).join(' | ')];
  const word = Array.isArray(type) ? type.join(' or ') : String(type ?? 'anything');
  return [format === undefined ? word : `${word} (${format})`];
}
