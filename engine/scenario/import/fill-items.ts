import type { Mapping, Node, Scalar } from '../../document/node.ts';
import { fromUnicode } from '../../model/byte-string.ts';
import type { Row } from './case-rows.ts';
import { textOf } from './given.ts';

/** A value that each case says: alone in its text, as the generator takes it. */
const ITEM = /^\s*%\{\s*item\.(\S+?)\s*\}\s*$/;

/** Keys behind which a story of several cases may leave the value open, since it stays a text in the story. */
const OPEN = new Set([
  ...'description pathname filePath dirPath fileName buffer buf paramValues target linkPath oldPath newPath'.split(' '),
  ...'exePath image rule'.split(' '),
]);

/** A name that a story may give to such a value. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of values that decide what the story is, not only what a text in it says. */
export function decidingNames(test: Node): ReadonlySet<string> {
  const deciding = new Set<string>();
  visit(test, '', (name, key) => {
    if (!OPEN.has(key) || !NAME.test(name)) deciding.add(name);
  });
  return deciding;
}

/** All names that a test asks for. */
export function askedNames(test: Node): ReadonlySet<string> {
  const asked = new Set<string>();
  visit(test, '', (name) => void asked.add(name));
  return asked;
}

/** A test with the values of a case in it; a name that is in `open` becomes a place of the story: `${name}`. */
export function filled(node: Node, row: Row, open: ReadonlySet<string>): Node {
  if (node.kind === 'mapping') return filledMapping(node, row, open);
  if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => filled(item, row, open)) };
  if (node.kind !== 'scalar') return node;
  const name = ITEM.exec(textOf(node) ?? '')?.[1];
  if (name === undefined) return open.size > 0 ? escaped(node) : node;
  if (open.has(name)) return { ...node, text: `\${${name}}` };
  const value = row.get(name);
  return value === undefined ? node : { ...node, text: fromUnicode(value) };
}

function filledMapping(node: Mapping, row: Row, open: ReadonlySet<string>): Node {
  return { ...node, pairs: node.pairs.map(({ key, value }) => ({ key, value: filled(value, row, open) })) };
}

/** Bindings stay; they are no text of the story. */
function escaped(node: Scalar): Scalar {
  return /^\s*\$\{\s*\S+\.\S+\s*\}\s*$/.test(node.text)
    ? node
    : { ...node, text: node.text.replaceAll('${', () => '$${') };
}

function visit(node: Node, key: string, found: (name: string, key: string) => void): void {
  if (node.kind === 'sequence') for (const item of node.items) visit(item, key, found);
  else if (node.kind === 'mapping') {
    for (const pair of node.pairs) visit(pair.value, textOf(pair.key) ?? '', found);
  } else if (node.kind === 'scalar') {
    const name = ITEM.exec(textOf(node) ?? '')?.[1];
    if (name !== undefined) found(name, key);
  }
}
