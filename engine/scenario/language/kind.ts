import type { NodeReader } from '../../document/reading.ts';
import type { Node } from '../../document/node.ts';

/** A piece of JSON Schema, as editors read it. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * A kind of value in a scenario: how it is read, and what an editor may be told of it. `read` gives undefined when it
 * has said what is wrong.
 */
export interface Kind<T> {
  readonly schema: JsonSchema;
  read(reader: NodeReader, node: Node, what: string): T | undefined;
}

/** One key of a mapping: what it holds, whether it may be missing, and what it means. `T` is what a reader of the mapping gets. */
export interface Key<T> {
  readonly kind: Kind<NonNullable<T>>;
  readonly about: string;
  readonly required: boolean;
  readonly fallback: T | undefined;
}

/** The keys of a mapping. */
export type Keys = Readonly<Record<string, Key<unknown>>>;

/** What reading a mapping gives, key by key. */
export type ValuesOf<K extends Keys> = { readonly [N in keyof K]: K[N] extends Key<infer T> ? T : never };

/** A key that must be there. */
export function required<T>(kind: Kind<NonNullable<T>>, about: string): Key<T> {
  return { kind, about, required: true, fallback: undefined };
}

/** A key that may be missing. */
export function optional<T>(kind: Kind<NonNullable<T>>, about: string): Key<T | undefined> {
  return { kind, about, required: false, fallback: undefined };
}

/** A key that has a value of its own when it is missing. */
export function defaulted<T>(kind: Kind<NonNullable<T>>, fallback: T, about: string): Key<T> {
  return { kind, about, required: false, fallback };
}
