import { readDocuments, type Documents } from '../document/read-documents.ts';
import { fromUnicode } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { MAX_RULE_FILE_BYTES, MAX_RULE_SET_BYTES } from '../model/limits.ts';
import type { Priority } from '../model/priority.ts';
import type { Source } from '../model/source.ts';
import type { OutputAppend } from '../output/append-output.ts';
import { Collector } from './collector.ts';
import { Compiler, type Compiled } from './compile.ts';
import { Context } from './context.ts';
import { isField } from './field-lookup.ts';
import type { Collected } from './items.ts';
import { LoadError } from './load-error.ts';
import { AvailableFields, DEFAULT_PLUGINS, type Plugin } from './plugins.ts';
import { readFile } from './read-file.ts';
import type { PluginRequirements } from './read-versions.ts';
import { Report } from './report.ts';
import { unmetRequirement } from './required-plugins.ts';
import type { RuleSet } from './rule-set.ts';
import type { StaticFields } from '../fields/static-fields.ts';
import { activeRules, type Selection } from './selection.ts';
import { FileBytes } from './snippet.ts';
import { validateSchema } from './validate-schema.ts';

/** How rules are loaded. */
export interface LoadOptions {
  /** Plugins that Falco has loaded; the container plugin when they are not given. */
  readonly plugins?: readonly Plugin[];
  /** What is added to outputs; nothing when it is not given. */
  readonly appendOutput?: readonly OutputAppend[];
  /** Fields named `static.NAME` that have the same text at every moment. */
  readonly staticFields?: StaticFields;
  /** Rules less grave than this never run; `Debug` when it is not given. */
  readonly priority?: Priority;
  /** Rules switched on and off after loading, in order. */
  readonly select?: readonly Selection[];
}

/** What Falco says of one file. */
export interface LoadResult {
  readonly source: Source;
  readonly successful: boolean;
  /** At most one: the first error ends the loading of a file. */
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  /** Advice of Creance's own. */
  readonly lints: readonly Diagnostic[];
  /** Whether the file has the shape that Falco's schema asks for; undefined without a document to look at. */
  readonly schema: SchemaStatus | undefined;
}

/** What the schema says; nothing depends on it. */
export interface SchemaStatus {
  /** Decided by the first document alone. */
  readonly valid: boolean;
  /** One line per problem, `ok` for each later document without one; empty when valid. */
  readonly warnings: readonly string[];
}

/** What comes of loading rules. */
export interface Loaded {
  /** One result per file, in order. Every file is read, also after one that failed. */
  readonly results: readonly LoadResult[];
  /** Everything the files define; undefined when one of them failed. */
  readonly ruleSet: RuleSet | undefined;
  /** What Falco would hold after the last file, whatever became of the others; undefined when the last one failed. */
  readonly lastRuleSet: RuleSet | undefined;
  /** What the files define, before it is compiled. */
  readonly collected: Collected;
}

/** Event sources that exist without plugins of their own. */
const SOURCES: ReadonlySet<string> = new Set(['syscall']);

/**
 * Loads rule files in order, as `falco -V` does: each file adds to what those before it defined, then everything is
 * compiled anew. What is wrong with the files is in the results; nothing is thrown.
 */
export function loadRules(sources: readonly Source[], options: LoadOptions = {}): Loaded {
  const loader = new Loader(sources, options);
  const results = sources.map((source) => loader.load(source));
  const lastRuleSet = loader.ruleSet;
  const ok = results.every(({ successful }) => successful);
  return { results, ruleSet: ok ? lastRuleSet : undefined, lastRuleSet, collected: loader.collected };
}

class Loader {
  ruleSet: RuleSet | undefined = undefined;
  readonly #options: LoadOptions;
  readonly #plugins: readonly Plugin[];
  readonly #files: FileBytes;
  readonly #fields: AvailableFields;
  readonly #collector: Collector;
  readonly #compiler: Compiler;
  readonly #requirements: PluginRequirements[] = [];
  readonly #advised = new Set<string>();
  #file: Context | undefined;
  #bytes = 0;

  constructor(sources: readonly Source[], options: LoadOptions) {
    this.#options = options;
    this.#plugins = options.plugins ?? DEFAULT_PLUGINS;
    this.#files = new FileBytes(new Map(sources.map(({ name, text }) => [name, text])));
    const fields = new AvailableFields(this.#plugins, options.staticFields);
    this.#fields = fields;
    this.#collector = new Collector(SOURCES, (text) => isField(text, fields, this.#file as Context));
    this.#compiler = new Compiler(fields, options.appendOutput ?? []);
  }

  get collected(): Collected {
    return this.#collector;
  }

  load(source: Source): LoadResult {
    const report = new Report(this.#files, this.#advised);
    const file = Context.ofFile(source);
    let schema: SchemaStatus | undefined;
    this.#file = file;
    this.ruleSet = undefined;
    try {
      this.#checkSize(source, file);
      const documents = readRuleDocuments(source, file);
      schema = schemaStatus(documents, file);
      this.#requirements.push(...readFile(documents, file, this.#collector, report));
      this.#collector.settle();
      const compiled = this.#compiler.compile(this.#collector, report);
      this.#checkPlugins();
      this.ruleSet = this.#activate(compiled);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      report.fail(error);
    }
    report.close(file);
    return resultOf(source, report, schema);
  }

  #checkSize({ text }: Source, file: Context): void {
    this.#bytes += text.length;
    if (text.length > MAX_RULE_FILE_BYTES) {
      throw new LoadError('LIMIT_RULE_FILE_BYTES', `file has more than ${MAX_RULE_FILE_BYTES} bytes`, file);
    }
    if (this.#bytes > MAX_RULE_SET_BYTES) {
      throw new LoadError('LIMIT_RULE_SET_BYTES', `all files have more than ${MAX_RULE_SET_BYTES} bytes`, file);
    }
  }

  /** Falco ends when a plugin is missing that rules need. */
  #checkPlugins(): void {
    for (const requirements of this.#requirements) {
      const unmet = unmetRequirement(requirements, this.#plugins);
      if (unmet !== undefined) throw new LoadError('RUNTIME_EXCEPTION', fromUnicode(unmet), requirements.context);
    }
  }

  #activate(compiled: Compiled): RuleSet {
    const { priority = 'Debug', select = [] } = this.#options;
    const active = activeRules(compiled.rules, priority, select);
    return this.#fields.statics.length === 0
      ? { ...compiled, active }
      : { ...compiled, active, find: this.#fields.find };
  }
}

function readRuleDocuments(source: Source, file: Context): Documents {
  const documents = readDocuments(source);
  const { syntaxError, text, diagnostics } = documents;
  const [problem] = diagnostics;
  if (problem === undefined) return documents;
  if (syntaxError === undefined) throw new LoadError(problem.code, problem.message, file, problem.hint);
  const { words, mark } = syntaxError;
  const span = problem.span ?? text.span(mark.offset, mark.offset);
  const message = `yaml-cpp: error at line ${mark.line + 1}, column ${mark.column + 1}: ${words}`;
  throw new LoadError('LOAD_ERR_YAML_PARSE', fromUnicode(message), file.atMark(mark, span), problem.hint);
}

function schemaStatus({ documents }: Documents, file: Context): SchemaStatus | undefined {
  const problems = documents.map((document) => validateSchema(document, file));
  const [first] = problems;
  if (first === undefined) return undefined;
  if (first.length === 0) return { valid: true, warnings: [] };
  return { valid: false, warnings: problems.flatMap((lines) => (lines.length === 0 ? ['ok'] : lines)) };
}

function resultOf(source: Source, { diagnostics }: Report, schema: SchemaStatus | undefined): LoadResult {
  const of = (severity: Diagnostic['severity']) => diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  const errors = of('error');
  return { source, successful: errors.length === 0, errors, warnings: of('warning'), lints: of('lint'), schema };
}
