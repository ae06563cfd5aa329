import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Integer } from '../model/integer.ts';
import { nearest } from '../model/nearest.ts';
import { decodeBoolean, decodeInteger } from './decode.ts';
import { spanOf, valueOf, type Mapping, type Node } from './node.ts';

const KIND_WORDS = { null: 'nothing', scalar: 'a single value', sequence: 'a list', mapping: 'a mapping' } as const;

/**
 * Reads typed values out of nodes and gathers what is wrong with them, each at its place. A method that gives
 * undefined has said why. Codes: `YAML_UNKNOWN_KEY`, `YAML_DUPLICATE_KEY`, `YAML_MISSING_KEY`, `YAML_KIND`, `YAML_VALUE`.
 */
export class NodeReader {
  readonly diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[] = []) {
    this.diagnostics = diagnostics;
  }

  /** Says that something is wrong with a node. */
  fail(code: string, node: Node, message: string, hint?: string): undefined {
    this.diagnostics.push({
      code,
      severity: 'error',
      message,
      span: spanOf(node),
      ...(hint !== undefined && { hint }),
    });
    return undefined;
  }

  /** Looks at a mapping that may have the keys given and no others. `what` names it in messages: `a step`. */
  fields(node: Node, what: string, keys: readonly string[]): Fields | undefined {
    if (node.kind !== 'mapping') return this.#wrongKind(node, `${what} must be a mapping`);
    const seen = new Set<string>();
    for (const { key } of node.pairs) this.#checkKey(key, what, keys, seen);
    return new Fields(this, node, what);
  }

  /** A text; a number or truth value is the text it is written as. */
  text(node: Node, what: string): ByteString | undefined {
    return node.kind === 'scalar' ? node.text : this.#wrongKind(node, `${what} must be a single value`);
  }

  /** A truth value: true, false, yes, no, on, off. */
  boolean(node: Node, what: string): boolean | undefined {
    const text = this.text(node, what);
    if (text === undefined) return undefined;
    return (
      decodeBoolean(text) ?? this.fail('YAML_VALUE', node, `${what} must be true or false, not '${toUnicode(text)}'`)
    );
  }

  /** A whole number from `least` to `most`, both included. */
  integer(node: Node, what: string, least: Integer, most: Integer): Integer | undefined {
    const text = this.text(node, what);
    if (text === undefined) return undefined;
    const value = decodeInteger(text);
    if (value !== undefined && value >= least && value <= most) return value;
    return this.fail(
      'YAML_VALUE',
      node,
      `${what} must be a whole number from ${least} to ${most}, not '${toUnicode(text)}'`,
    );
  }

  /** One of a few words. */
  choice<Word extends string>(node: Node, what: string, words: readonly Word[]): Word | undefined {
    const text = this.text(node, what);
    if (text === undefined) return undefined;
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    return this.fail('YAML_VALUE', node, `${what} can't be '${toUnicode(text)}'`, suggest(text, words) ?? oneOf(words));
  }

  /** The items of a list. */
  items(node: Node, what: string): readonly Node[] | undefined {
    return node.kind === 'sequence' ? node.items : this.#wrongKind(node, `${what} must be a list`);
  }

  /** The texts of a list; what isn't a text is reported and left out. */
  texts(node: Node, what: string): ByteString[] | undefined {
    return this.items(node, what)?.flatMap((item) => this.text(item, `an item of ${what}`) ?? []);
  }

  #wrongKind(node: Node, message: string): undefined {
    return this.fail('YAML_KIND', node, `${message}, this is ${KIND_WORDS[node.kind]}`);
  }

  #checkKey(key: Node, what: string, keys: readonly string[], seen: Set<string>): void {
    if (key.kind !== 'scalar') this.#wrongKind(key, `a key of ${what} must be a single value`);
    else if (seen.has(key.text)) this.fail('YAML_DUPLICATE_KEY', key, `${what} has '${toUnicode(key.text)}' twice`);
    else if (!keys.includes(key.text)) {
      const message = `${what} has no key '${toUnicode(key.text)}'`;
      this.fail('YAML_UNKNOWN_KEY', key, message, suggest(key.text, keys) ?? oneOf(keys));
    }
    if (key.kind === 'scalar') seen.add(key.text);
  }
}

/** A mapping whose keys were checked. */
export class Fields {
  readonly node: Mapping;
  readonly #reader: NodeReader;
  readonly #what: string;

  constructor(reader: NodeReader, node: Mapping, what: string) {
    this.#reader = reader;
    this.node = node;
    this.#what = what;
  }

  /** The value of a key, or undefined when there is none. A key with nothing after it counts as absent. */
  get(key: string): Node | undefined {
    const node = valueOf(this.node, key);
    return node === undefined || node.kind === 'null' ? undefined : node;
  }

  /** The value of a key that must be there. */
  required(key: string): Node | undefined {
    return this.get(key) ?? this.#reader.fail('YAML_MISSING_KEY', this.node, `${this.#what} needs '${key}'`);
  }

  /** Reads a key that may be missing: `fields.optional('name', (node, what) => reader.text(node, what))`. */
  optional<Value>(key: string, read: (node: Node, what: string) => Value | undefined): Value | undefined {
    const node = this.get(key);
    return node === undefined ? undefined : read(node, `'${key}'`);
  }

  /** Reads a key that must be there. */
  read<Value>(key: string, read: (node: Node, what: string) => Value | undefined): Value | undefined {
    const node = this.required(key);
    return node === undefined ? undefined : read(node, `'${key}'`);
  }
}

function suggest(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}

function oneOf(words: readonly string[]): string {
  return `one of ${words.join(', ')}`;
}
