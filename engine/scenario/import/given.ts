import type { Mapping, Node, Pair } from '../../document/node.ts';
import { toUnicode } from '../../model/byte-string.ts';
import type { Bound, StoryDraft } from './story-draft.ts';

/** `${resource.client.fd}`; a name without a point is a value that the story leaves open. */
const BINDING = /^\s*\$\{\s*(\S+\.\S+?)\s*\}\s*$/;

/** A mapping of the suite while it is translated. What nobody took in the end is told as lost. */
export class Given {
  readonly node: Node;
  readonly #draft: StoryDraft;
  readonly #what: string;
  readonly #left: Map<string, Node>;

  /** @param what names it in messages: `a step` */
  constructor(draft: StoryDraft, node: Node | undefined, what: string, owner: Node) {
    this.node = node ?? owner;
    this.#draft = draft;
    this.#what = what;
    this.#left = new Map();
    if (node === undefined || node.kind === 'null') return;
    if (node.kind !== 'mapping') draft.lose(node, `${what} is no mapping`);
    else for (const pair of node.pairs) this.#add(pair);
  }

  /** Takes a key; undefined where it is not there, or has nothing behind it. */
  take(key: string): Node | undefined {
    const node = this.#left.get(key);
    this.#left.delete(key);
    return node?.kind === 'null' ? undefined : node;
  }

  /** Takes a key that is a single value, with what a binding to a text stands for. */
  text(key: string): string | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    const text = textOf(node);
    if (text === undefined) return this.#draft.lose(node, `'${key}' of ${this.#what} is no single value`);
    const bound = boundTo(this.#draft, text);
    if (bound === undefined) return text;
    return bound === 'unknown' || bound.kind !== 'text' ? this.#unbound(node, key, text) : bound.text;
  }

  /** Takes a key that is an open file: a binding, or its number. */
  file(key: string): { readonly handle: string; readonly path?: string } | undefined {
    const node = this.take(key);
    return node === undefined ? undefined : this.resolve(node, key);
  }

  /** The open file that the value of a taken key is. */
  resolve(node: Node, key: string): { readonly handle: string; readonly path?: string } | undefined {
    const text = textOf(node) ?? '';
    const bound = boundTo(this.#draft, text);
    if (bound === undefined && /^\d+$/.test(text)) return { handle: text };
    return bound === undefined || bound === 'unknown' || bound.kind !== 'file' ? this.#unbound(node, key, text) : bound;
  }

  /** Takes a key that is another process. */
  actor(key: string): string | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    const bound = boundTo(this.#draft, textOf(node) ?? '');
    if (bound !== undefined && bound !== 'unknown' && bound.kind === 'actor') return bound.name;
    return this.#unbound(node, key, textOf(node) ?? '');
  }

  /** Takes a key that is a mapping to texts. */
  map(key: string): ReadonlyMap<string, string> | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    if (node.kind !== 'mapping') return this.#draft.lose(node, `'${key}' of ${this.#what} is no mapping`, 'head');
    return new Map((node as Mapping).pairs.map((pair) => [textOf(pair.key) ?? '', textOf(pair.value) ?? '']));
  }

  /** Says of each key that is left that it is lost. */
  close(where: 'head' | 'steps' = 'steps'): void {
    for (const [key, node] of this.#left) {
      const value = textOf(node);
      if (key === 'flags' && value === '0') continue;
      const shown = value === undefined ? '' : ` (${value})`;
      this.#draft.lose(node, `'${key}' of ${this.#what} has no counterpart${shown}`, where);
    }
    this.#left.clear();
  }

  #add({ key, value }: Pair): void {
    const name = textOf(key) ?? '';
    if (this.#left.has(name)) this.#draft.lose(key, `'${name}' of ${this.#what} is there twice`);
    else this.#left.set(name, value);
  }

  #unbound(node: Node, key: string, text: string): undefined {
    return this.#draft.lose(node, `'${key}' of ${this.#what} is ${text}, which the story does not have`);
  }
}

/** The text of a single value. */
export function textOf(node: Node): string | undefined {
  return node.kind === 'scalar' ? toUnicode(node.text) : undefined;
}

/** What a binding stands for; undefined for a text that is none. */
function boundTo(draft: StoryDraft, text: string): Bound | 'unknown' | undefined {
  const name = BINDING.exec(text)?.[1];
  return name === undefined ? undefined : (draft.bound.get(name) ?? 'unknown');
}
