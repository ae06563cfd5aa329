import { Compiler } from './compile.ts';
import type { Collected } from './items.ts';
import { LoadError } from './load-error.ts';
import type { LoadOptions } from './loader.ts';
import { AvailableFields, DEFAULT_PLUGINS } from './plugins.ts';
import { Report } from './report.ts';
import type { Rule } from './rule-set.ts';
import { FileBytes } from './snippet.ts';

/** Compiles what was collected again, in other mixtures than the files gave; what did not change is not read anew. */
export class Recompiler {
  readonly #options: LoadOptions;
  #compiler: Compiler;
  #compiled = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#compiler = this.#newCompiler();
  }

  /** The rules in order; undefined where the mixture doesn't compile, for instance since a macro is missing. */
  compile(collected: Collected): readonly Rule[] | undefined {
    // What a compiler remembers is bounded over all that it compiles.
    if (this.#compiled++ % COMPILES_PER_COMPILER === COMPILES_PER_COMPILER - 1) this.#compiler = this.#newCompiler();
    try {
      return this.#compiler.compile(collected, new Silence()).rules;
    } catch (error) {
      if (error instanceof LoadError) return undefined;
      throw error;
    }
  }

  #newCompiler(): Compiler {
    const { plugins = DEFAULT_PLUGINS, appendOutput = [], staticFields } = this.#options;
    return new Compiler(new AvailableFields(plugins, staticFields), appendOutput);
  }
}

const COMPILES_PER_COMPILER = 100;

/** A report to nobody: all of it was said when the files were loaded. */
class Silence extends Report {
  constructor() {
    super(new FileBytes(new Map()), new Set());
  }

  override warn(): void {}

  override warnDeprecated(): void {}

  override advise(): void {}
}
