import type { Hosts } from '../compare/hosts.ts';
import type { Node } from '../document/node.ts';
import type { Matching } from '../match/naive-match.ts';
import type { Source, Span } from '../model/source.ts';
import type { Configuration } from '../rules/configuration.ts';
import type { Expectation } from '../scenario/expect.ts';

/** A path as a test file names it, seen from where the caller is. */
export interface NamedPath {
  readonly path: string;
  readonly span: Span;
}

/** A side on which each rule must have a test. */
export type Side = 'positive' | 'negative';

/** A `*.test.yaml`, read. */
export interface TestFile {
  readonly source: Source;
  /** Rule files and folders, in order. */
  readonly rules: readonly NamedPath[];
  readonly configuration: Configuration | undefined;
  readonly matching: Matching | undefined;
  /** Names of addresses. */
  readonly hosts: Hosts;
  /** Why the whole file is skipped where a rule file is absent; undefined: then that is an error. */
  readonly absent: string | undefined;
  /** Sides on which every rule must have a test. */
  readonly require: readonly { readonly side: Side; readonly span: Span }[];
  /** Why a rule can never fire, by name. */
  readonly cannotFire: readonly { readonly rule: string; readonly reason: string; readonly span: Span }[];
  readonly tests: readonly TestEntry[];
}

/** What a test is over. */
export type TestInput =
  /** Scenario files: paths, or patterns of paths. */
  | { readonly kind: 'scenarios'; readonly paths: readonly NamedPath[] }
  /** A scenario within the test file; `shift` is how far its offsets are from those of the file. */
  | { readonly kind: 'inline'; readonly source: Source; readonly shift: number; readonly span: Span }
  /** A recorded trace. */
  | { readonly kind: 'trace'; readonly path: NamedPath };

/** What a test expects: what its scenario says itself (for our rules, or for upstream's), or a list. */
export type Expected =
  | { readonly kind: 'own' }
  | { readonly kind: 'upstream' }
  | {
      readonly kind: 'list';
      readonly list: readonly Expectation[];
      readonly node: Node;
      /** The list is within brackets of something else. */
      readonly inFlow: boolean;
      readonly span: Span;
    };

/** One entry of `tests`. */
export interface TestEntry {
  readonly name: string | undefined;
  readonly input: TestInput;
  readonly matching: Matching | undefined;
  readonly expected: Expected;
  readonly span: Span;
}
