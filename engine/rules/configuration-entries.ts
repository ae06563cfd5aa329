import { valueOf, type Mapping, type Node } from '../document/node.ts';
import type { ExtraFieldEntry, OutputAppend } from '../output/append-output.ts';
import { toUnicode } from '../model/byte-string.ts';
import type { ConfigurationKeys } from './configuration-keys.ts';
import type { Selection } from './selection.ts';

const SELECTION_HINT = 'write: disable: {rule: "A name or *"} or enable: {tag: a_tag}';

/** An entry of `rules`: what it switches by name, then what it switches by tag. */
export function readSelection(entry: Node, keys: ConfigurationKeys): Selection[] {
  if (entry.kind !== 'mapping') return refused(entry, keys);
  const enabled = valueOf(entry, 'enable');
  const which = enabled ?? valueOf(entry, 'disable');
  if (which?.kind !== 'mapping') return refused(which ?? entry, keys);
  const action = enabled === undefined ? 'disable' : 'enable';
  const selections: Selection[] = [];
  for (const by of ['rule', 'tag'] as const) {
    const pattern = optionalText(which, by, keys);
    if (pattern !== '') selections.push({ action, by, pattern });
  }
  return selections.length === 0 ? refused(which, keys) : selections;
}

function refused(node: Node, keys: ConfigurationKeys): Selection[] {
  keys.error('CONFIG_TYPE', node, "an entry of 'rules' enables or disables a rule or a tag", SELECTION_HINT);
  return [];
}

/** An entry of `append_output`. */
export function readAppend(entry: Node, keys: ConfigurationKeys): OutputAppend[] {
  if (entry.kind !== 'mapping') {
    keys.wrongKind(entry, "a mapping with 'match', 'extra_output', 'extra_fields' or 'suggested_output'");
    return [];
  }
  const suggested = valueOf(entry, 'suggested_output');
  return [
    {
      match: readMatch(valueOf(entry, 'match'), keys),
      extraOutput: optionalText(entry, 'extra_output', keys),
      extraFields: readExtraFields(valueOf(entry, 'extra_fields'), keys),
      suggestedOutput: suggested === undefined ? false : (keys.boolean(suggested) ?? false),
    },
  ];
}

function readMatch(match: Node | undefined, keys: ConfigurationKeys): NonNullable<OutputAppend['match']> {
  if (match === undefined || match.kind === 'null') return {};
  if (match.kind === 'scalar') return keys.wrongKind(match, "a mapping with 'source', 'rule' or 'tags'") ?? {};
  if (match.kind === 'sequence') {
    keys.warn('CONFIG_TYPE', match, "'match' is a list, not a mapping; Falco matches every rule");
    return {};
  }
  const source = optionalText(match, 'source', keys);
  const rule = optionalText(match, 'rule', keys);
  return { source, rule, tags: readTags(valueOf(match, 'tags'), keys) };
}

function readTags(tags: Node | undefined, keys: ConfigurationKeys): readonly string[] {
  if (tags === undefined) return [];
  if (tags.kind !== 'sequence') {
    keys.warn('CONFIG_TYPE', tags, "'tags' is not a list; Falco ignores it", 'write a list: [a, b]');
    return [];
  }
  return tags.items.flatMap((tag) => (tag.kind === 'scalar' ? keys.text(tag) : keys.wrongKind(tag, 'a tag')) ?? []);
}

function readExtraFields(list: Node | undefined, keys: ConfigurationKeys): readonly ExtraFieldEntry[] {
  if (list === undefined) return [];
  if (list.kind !== 'sequence') return keys.wrongKind(list, 'a list of fields') ?? [];
  const formatted = new Set<string>();
  const raw = new Set<string>();
  return list.items.flatMap((item): ExtraFieldEntry[] => {
    if (item.kind === 'scalar') {
      const field = keys.text(item);
      if (field === undefined || formatted.has(field)) return twice(item, field, keys);
      raw.add(field);
      return [{ field }];
    }
    const [pair, ...more] = item.kind === 'mapping' ? item.pairs : [];
    if (pair?.key.kind !== 'scalar' || more.length > 0) {
      return keys.wrongKind(item, 'a field, or one name with its format,') ?? [];
    }
    const name = toUnicode(pair.key.text);
    const format = keys.text(pair.value);
    if (format === undefined || formatted.has(name) || raw.has(name)) return twice(item, name, keys);
    formatted.add(name);
    return [{ name, format }];
  });
}

function twice(node: Node, name: string | undefined, keys: ConfigurationKeys): ExtraFieldEntry[] {
  if (name !== undefined) keys.error('CONFIG_VALUE', node, `'${name}' is among the extra fields already`);
  return [];
}

/** A text that may be absent, which is the empty one. */
function optionalText(mapping: Mapping, key: string, keys: ConfigurationKeys): string {
  const node = valueOf(mapping, key);
  return node === undefined ? '' : (keys.text(node) ?? '');
}
