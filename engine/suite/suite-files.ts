import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';
import type { TraceSink } from '../model/trace.ts';
import type { Lacks } from '../prepared/judgement.ts';
import type { PreparedTrace } from '../prepared/prepared-trace.ts';

/** Who takes a trace, and how much of each event type it must be given (`WANT`). */
export interface TraceTaker extends TraceSink {
  readonly wants: Uint8Array;
  /**
   * Takes a prepared trace in place of its events; undefined when it did. What it answers otherwise says what the form
   * lacks: nothing was taken then, and the events are needed.
   */
  takePrepared?(trace: PreparedTrace): Lacks | undefined;
}

/** The files that test files name. The engine opens none: a command line, a request or a page does. */
export interface SuiteFiles {
  /**
   * Texts at a path: the file, or the `.yaml` and `.yml` files of a folder, sorted and not deeper. None where nothing
   * is; what can't be read is a diagnostic.
   */
  texts(path: string): { readonly sources: readonly Source[]; readonly diagnostics: readonly Diagnostic[] };
  /** Paths of all files in a folder and below it, sorted; each begins as the folder is written. */
  below(folder: string): readonly string[];
  /** True when there is a file at this path. */
  has(path: string): boolean;
  /** Feeds a recorded trace to a sink; answers what was wrong with it. */
  feed(path: string, sink: TraceTaker): Promise<readonly Diagnostic[]>;
}

/** Variables that `${NAME}` in a test file stands for. */
export type Variables = ReadonlyMap<string, string>;
