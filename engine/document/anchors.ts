import type { ByteString } from '../model/byte-string.ts';
import { DocumentError } from './cursor.ts';
import type { Node } from './node.ts';
import type { Token } from './token.ts';

/** The anchors of one document. A name can be given again; the last one counts from there on. */
export class Anchors {
  readonly #numbers = new Map<ByteString, number>();
  readonly #nodes: (Node | undefined)[] = [];

  /** A number for a new anchor; its node is told by `close`. */
  register(name: ByteString): number {
    this.#numbers.set(name, this.#nodes.length);
    return this.#nodes.push(undefined) - 1;
  }

  close(anchor: number, node: Node): void {
    this.#nodes[anchor] = node;
  }

  /** The node that an alias stands for. A node can't hold itself: yaml-cpp would build it, and Falco never come to an end with it. */
  find(alias: Token): Node {
    const number = this.#numbers.get(alias.text);
    if (number === undefined)
      throw new DocumentError(`the referenced anchor is not defined: ${alias.text}`, alias.mark);
    const node = this.#nodes[number];
    if (node === undefined)
      throw new DocumentError(`alias *${alias.text} is inside the node it stands for`, alias.mark);
    return node;
  }
}
