import { sourceOffset, spanOf, type Node, type Scalar } from '../../document/node.ts';
import type { NodeReader } from '../../document/reading.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { nearest } from '../../model/nearest.ts';
import type { CasePlan } from './case-plan.ts';
import { namesIn } from './fill.ts';

/**
 * Compares the names that a story uses with those that its cases give. A name that no case gives, and one that the
 * story never uses, are mistakes: `SCENARIO_UNKNOWN_VALUE`, `SCENARIO_UNUSED_VALUE`.
 *
 * @param story the document without `cases`
 * @param cases the node under `cases`
 */
export function checkPlaces(reader: NodeReader, story: Node, cases: Node, plans: readonly CasePlan[]): void {
  const given = [...(plans[0]?.values.keys() ?? [])];
  const used = new Set<ByteString>();
  const seen = new Set<Node>();
  const look = (node: Node): void => {
    if (node.kind === 'null' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'sequence') node.items.forEach(look);
    else if (node.kind === 'mapping') node.pairs.flatMap(({ key, value }) => [key, value]).forEach(look);
    else for (const { name, at } of namesIn(node.text)) place(reader, node, name, at, given, used);
  };
  look(story);
  for (const name of given) if (!used.has(name)) unused(reader, cases, name);
}

function place(
  reader: NodeReader,
  node: Scalar,
  name: ByteString,
  at: number,
  given: readonly ByteString[],
  used: Set<ByteString>,
): void {
  used.add(name);
  if (given.includes(name)) return;
  const near = nearest(name, given);
  const written = `\${${name}}`;
  const span =
    node.runs.length === 0
      ? spanOf(node)
      : node.document.span(sourceOffset(node.runs, at), sourceOffset(node.runs, at + written.length));
  reader.diagnostics.push({
    code: 'SCENARIO_UNKNOWN_VALUE',
    severity: 'error',
    message: `no case says what ${written} is`,
    span,
    hint: near === undefined ? `write $${written} where the text itself is meant` : `did you mean '\${${near}}'?`,
  });
}

function unused(reader: NodeReader, cases: Node, name: ByteString): void {
  const key = keyCalled(cases, name);
  const hint = `write \${${name}} where it belongs`;
  reader.fail('SCENARIO_UNUSED_VALUE', key ?? cases, `the story does not use '${name}'`, hint);
}

/** The first key of that name, in a list of cases or in a matrix. */
function keyCalled(node: Node, name: ByteString): Node | undefined {
  if (node.kind === 'sequence') return node.items[0] && keyCalled(node.items[0], name);
  if (node.kind !== 'mapping') return undefined;
  const key = node.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.text === name)?.key;
  const [form] = node.pairs;
  const nested = form !== undefined && form.value.kind !== 'scalar' ? keyCalled(form.value, name) : undefined;
  return key ?? nested;
}
