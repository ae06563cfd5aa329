import type { Node, Pair, Scalar } from '../../document/node.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** A place where a case puts a value: `${name}`. `$${name}` is that text itself. */
const PLACE = /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Names in a text, each with its offset. */
export function namesIn(text: ByteString): { readonly name: ByteString; readonly at: number }[] {
  if (!text.includes('${')) return [];
  return [...text.matchAll(PLACE)].flatMap(({ 1: escape, 2: name, index }) =>
    escape === '' && name !== undefined ? [{ name, at: index }] : [],
  );
}

/** Puts the values of one case into a document. What has no such place stays the very same node. */
export class Filling {
  readonly #values: ReadonlyMap<ByteString, ByteString>;
  readonly #done = new Map<Node, Node>();
  readonly #most: number;
  /** Bytes of the texts that were made. */
  written = 0;

  /** @param most after so many bytes nothing more is filled; the caller looks at `written` */
  constructor(values: ReadonlyMap<ByteString, ByteString>, most: number) {
    this.#values = values;
    this.#most = most;
  }

  node(node: Node): Node {
    if (node.kind === 'null') return node;
    const known = this.#done.get(node);
    if (known !== undefined) return known;
    const filled =
      node.kind === 'scalar'
        ? this.#scalar(node)
        : node.kind === 'sequence'
          ? this.#sequence(node)
          : this.#mapping(node);
    this.#done.set(node, filled);
    return filled;
  }

  #sequence(node: Node & { kind: 'sequence' }): Node {
    const items = node.items.map((item) => this.node(item));
    return items.every((item, at) => item === node.items[at]) ? node : { ...node, items };
  }

  #mapping(node: Node & { kind: 'mapping' }): Node {
    const pairs: Pair[] = node.pairs.map((pair) => {
      const [key, value] = [this.node(pair.key), this.node(pair.value)];
      return key === pair.key && value === pair.value ? pair : { key, value };
    });
    return pairs.every((pair, at) => pair === node.pairs[at]) ? node : { ...node, pairs };
  }

  /** The text no longer comes letter by letter from the source, so that places in it are the whole scalar's. */
  #scalar(node: Scalar): Node {
    if (!node.text.includes('${')) return node;
    const text = node.text.replaceAll(PLACE, (whole, escape: string, name: string) => {
      if (escape !== '') return whole.slice(1);
      if (this.written > this.#most) return whole;
      const value = this.#values.get(name) ?? whole;
      this.written += value.length;
      return value;
    });
    return { ...node, text, runs: [] };
  }
}
