import type { Node } from './node.ts';

/** How many nodes a document has when every alias is written out. Each node is looked at once, however often it is used. */
export function expandedSize(root: Node): number {
  const sizes = new Map<Node, number>();
  const measure = (node: Node): number => {
    if (node.kind === 'scalar' || node.kind === 'null') return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    let size = 1;
    if (node.kind === 'sequence') for (const item of node.items) size += measure(item);
    else for (const pair of node.pairs) size += measure(pair.key) + measure(pair.value);
    sizes.set(node, size);
    return size;
  };
  return measure(root);
}
