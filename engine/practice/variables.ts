import type { Mapping, Node, Sequence } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { toUnicode } from '../model/byte-string.ts';
import { Chance } from './chance.ts';
import { filled } from './placeholders.ts';

/** A way to make a value: a list to take one of, a range, digits. */
const WAYS = ['one of', 'unlike', 'from', 'to', 'hex', 'suffix'] as const;
/** Digits of one value; a container's id has 64. */
const MAX_DIGITS = 64;
const MAX_NUMBER = 1_000_000_000;

/**
 * Reads `vars` and chooses a value for each by the seed. A value may name variables that stand before it.
 *
 * - a list: one of its texts
 * - a list of mappings: one of the rows, `<<name.key>>` each
 * - `{ one of: [...], unlike: name }`: one that differs from another variable, or from several
 * - `{ from: 1000, to: 1999 }`: a whole number
 * - `{ hex: 12 }`, `{ suffix: 5 }`: digits of an id, the end of a pod's name
 * - a text: the same with every seed
 */
export function chosenValues(reader: NodeReader, vars: Node | undefined, seed: string): Map<string, string> {
  const values = new Map<string, string>();
  if (vars === undefined) return values;
  if (vars.kind !== 'mapping') {
    reader.fail('YAML_KIND', vars, "'vars' must be a mapping: NAME: values");
    return values;
  }
  for (const { key, value } of vars.pairs) {
    const name = toUnicode(reader.text(key, "a name of 'vars'") ?? '');
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      reader.fail('TASK_VALUE', key, `'${name}' can't be the name of a variable`, 'small letters, digits and _');
      continue;
    }
    for (const [column, text] of chosen(reader, name, value, new Chance(seed, name), values)) {
      values.set(column === '' ? name : `${name}.${column}`, filled(text, values).text);
    }
  }
  return values;
}

type Columns = Iterable<readonly [column: string, text: string]>;

function chosen(reader: NodeReader, name: string, node: Node, chance: Chance, before: Map<string, string>): Columns {
  if (node.kind === 'sequence') return oneOf(reader, name, node, chance);
  if (node.kind === 'mapping') return [['', byWay(reader, name, node, chance, before)]];
  return [['', toUnicode(reader.text(node, `'${name}'`) ?? '')]];
}

function oneOf(reader: NodeReader, name: string, { items, ...node }: Sequence, chance: Chance): Columns {
  const item = items[chance.below(items.length)];
  if (item === undefined) return reader.fail('TASK_VALUE', { items, ...node }, `'${name}' has no values`) ?? [];
  if (item.kind !== 'mapping') return [['', textOf(reader, item, name)]];
  return item.pairs.map(({ key, value }) => [textOf(reader, key, name), textOf(reader, value, name)] as const);
}

function byWay(
  reader: NodeReader,
  name: string,
  node: Mapping,
  chance: Chance,
  before: ReadonlyMap<string, string>,
): string {
  const fields = reader.fields(node, `'${name}'`, WAYS);
  const number = (key: string, least: number, most: number): number | undefined =>
    fields?.optional(key, (one, what) => {
      const value = reader.integer(one, what, least, most);
      return value === undefined ? undefined : Number(value);
    });
  const list = fields?.get('one of');
  if (list?.kind === 'sequence') {
    const others = fields?.get('unlike');
    const names = others?.kind === 'sequence' ? others.items : others === undefined ? [] : [others];
    const taken = new Set(names.map((one) => before.get(textOf(reader, one, name))));
    const texts = list.items
      .map((item) => filled(textOf(reader, item, name), before).text)
      .filter((text) => !taken.has(text));
    return texts[chance.below(texts.length)] ?? reader.fail('TASK_VALUE', node, `'${name}' has no value left`) ?? '';
  }
  const [from, to] = [number('from', 0, MAX_NUMBER), number('to', 0, MAX_NUMBER)];
  if (from !== undefined && to !== undefined && from <= to) return String(from + chance.below(to - from + 1));
  const hex = number('hex', 1, MAX_DIGITS);
  if (hex !== undefined) return chance.hex(hex);
  const suffix = number('suffix', 1, MAX_DIGITS);
  if (suffix !== undefined) return chance.suffix(suffix);
  const hint = 'a list, one of: [...], from and to, hex: 12, suffix: 5';
  return reader.fail('TASK_VALUE', node, `nothing says what values '${name}' has`, hint) ?? '';
}

function textOf(reader: NodeReader, node: Node, name: string): string {
  return toUnicode(reader.text(node, `a value of '${name}'`) ?? '');
}
