import { decodeBoolean } from '../document/decode.ts';
import { spanOf, type Node } from '../document/node.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { substituted, type Environment } from './configuration-environment.ts';

/** The top level of a configuration: key nodes and value nodes by key, the first of two equal keys. */
export type TopLevel = ReadonlyMap<ByteString, { readonly key: Node; readonly value: Node }>;

const KINDS = { null: 'nothing', scalar: 'a text', sequence: 'a list', mapping: 'a mapping' } as const;

/** Reads the values of a configuration's keys in Falco's ways and gathers what is wrong with them. */
export class ConfigurationKeys {
  /** Keys that were asked for. */
  readonly asked = new Set<string>();
  readonly #topLevel: TopLevel;
  readonly #environment: Environment;
  readonly #diagnostics: Diagnostic[];

  constructor(topLevel: TopLevel, environment: Environment, diagnostics: Diagnostic[]) {
    this.#topLevel = topLevel;
    this.#environment = environment;
    this.#diagnostics = diagnostics;
  }

  /** What stands at a key. */
  node(key: string): Node | undefined {
    this.asked.add(key);
    return this.#topLevel.get(key)?.value;
  }

  /** A truth value; Falco's default where there is none that can be read. */
  flag(key: string, otherwise: boolean): boolean {
    const node = this.node(key);
    if (node === undefined || node.kind === 'null') return otherwise;
    const value = node.kind === 'scalar' ? decodeBoolean(this.#substituted(node) ?? '') : undefined;
    if (value !== undefined) return value;
    const message = `'${key}' is neither true nor false; Falco takes it as ${otherwise}`;
    this.warn('CONFIG_TYPE', node, message, 'write true or false');
    return otherwise;
  }

  /** One of a few words; Falco does not start with another one, and takes what isn't a word at all as its default. */
  word<Word>(
    key: string,
    otherwise: Word,
    read: (word: string) => Word | undefined,
    refusal: (word: string) => { readonly message: string; readonly near: string | undefined },
  ): Word {
    const node = this.node(key);
    if (node === undefined || node.kind === 'null') return otherwise;
    if (node.kind !== 'scalar') {
      this.warn('CONFIG_TYPE', node, `'${key}' is ${KINDS[node.kind]}, not a word; Falco ignores it`);
      return otherwise;
    }
    const text = this.text(node);
    const word = text === undefined ? undefined : read(text);
    if (word !== undefined || text === undefined) return word ?? otherwise;
    const { message, near } = refusal(text);
    this.error('CONFIG_VALUE', node, message, near === undefined ? undefined : `did you mean '${near}'?`);
    return otherwise;
  }

  /** The entries of a list; a single value is a list of one. */
  list(key: string): readonly Node[] {
    const node = this.node(key);
    if (node === undefined || node.kind === 'null') return [];
    if (node.kind === 'sequence') return node.items;
    if (node.kind === 'scalar') return [node];
    this.warn(
      'CONFIG_TYPE',
      node,
      `'${key}' is a mapping, not a list; Falco ignores it`,
      'put a dash before each entry',
    );
    return [];
  }

  /** A text; nothing is the word `null`, as in Falco. Undefined, and an error, for a list or a mapping. */
  text(node: Node): string | undefined {
    if (node.kind === 'null') return 'null';
    if (node.kind !== 'scalar') return this.wrongKind(node, 'a text');
    const text = this.#substituted(node);
    return text === undefined ? undefined : toUnicode(text);
  }

  /** A truth value that must be one. */
  boolean(node: Node): boolean | undefined {
    const value = node.kind === 'scalar' ? decodeBoolean(this.#substituted(node) ?? '') : undefined;
    return value ?? this.wrongKind(node, 'true or false');
  }

  /** Says that a node isn't what Falco needs. */
  wrongKind(node: Node, wanted: string): undefined {
    return this.error('CONFIG_TYPE', node, `${wanted} is needed here, this is ${KINDS[node.kind]}`);
  }

  /** Says what Falco does not start with. */
  error(code: string, node: Node, message: string, hint?: string): undefined {
    return this.#tell('error', code, node, message, hint);
  }

  /** Says what Falco takes otherwise than it is written. */
  warn(code: string, node: Node, message: string, hint?: string): void {
    this.#tell('warning', code, node, message, hint);
  }

  /** Says what Falco does not mind and the writer may. */
  advise(code: string, node: Node, message: string, hint?: string): void {
    this.#tell('lint', code, node, message, hint);
  }

  /** Keys, with their nodes, that are not among these. */
  unknown(known: ReadonlySet<string>): [key: string, node: Node][] {
    return [...this.#topLevel].flatMap(([key, { key: node }]) => (known.has(key) ? [] : [[toUnicode(key), node]]));
  }

  #substituted(node: Node & { kind: 'scalar' }): ByteString | undefined {
    const text = substituted(node.text, this.#environment);
    return text ?? this.error('CONFIG_ENVIRONMENT', node, 'its environment variables name each other without end');
  }

  #tell(severity: Severity, code: string, node: Node, message: string, hint: string | undefined): undefined {
    this.#diagnostics.push({ code, severity, message, span: spanOf(node), ...(hint !== undefined && { hint }) });
  }
}
