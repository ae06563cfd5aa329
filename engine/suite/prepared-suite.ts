import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';
import type { Configuration } from '../rules/configuration.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { plannedTests, type PlannedTest } from './planned-test.ts';
import { readTestFile } from './read-test-file.ts';
import type { RuleSets } from './rule-sets.ts';
import type { SuiteFiles, Variables } from './suite-files.ts';
import type { TestFile } from './test-file.ts';

/** Rules that are used in place of those that test files name. */
export interface GivenRules {
  readonly sources: readonly Source[];
  readonly configuration: Configuration | undefined;
}

/** A test file with its rules loaded: ready to run. */
export interface PreparedSuite {
  readonly source: Source;
  /** Undefined when the file can't be read. */
  readonly file: TestFile | undefined;
  /** Undefined when its rules don't load, or it is skipped. */
  readonly ruleSet: RuleSet | undefined;
  readonly ruleFiles: readonly string[];
  /** Why all its tests are skipped. */
  readonly skip: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly tests: readonly PlannedTest[];
}

/** What suites are prepared with. */
export interface PrepareOptions {
  /** Rule sets that were loaded before. */
  readonly ruleSets: RuleSets;
  readonly variables?: Variables;
  /** Undefined: test files name their own. */
  readonly rules?: GivenRules | undefined;
}

/** Reads a test file, loads its rules and finds its tests. */
export function prepareSuite(source: Source, files: SuiteFiles, options: PrepareOptions): PreparedSuite {
  const { file, diagnostics } = readTestFile(source, files, options.variables ?? new Map());
  if (file === undefined) {
    return { source, file, ruleSet: undefined, ruleFiles: [], skip: undefined, diagnostics, tests: [] };
  }
  return withRules(file, files, options, diagnostics);
}

/** Scenarios that are given in place of a test file: each is a test by what it expects itself. */
export function prepareScenarios(
  sources: readonly [Source, ...Source[]],
  files: SuiteFiles,
  options: PrepareOptions,
): PreparedSuite {
  const file: TestFile = {
    source: sources[0],
    rules: [],
    configuration: undefined,
    matching: undefined,
    hosts: new Map(),
    absent: undefined,
    require: [],
    cannotFire: [],
    tests: sources.map((source) => {
      const span = { source, start: 0, end: 0 };
      const input = { kind: 'scenarios', paths: [{ path: source.name, span }] } as const;
      return { name: source.name, input, matching: undefined, expected: { kind: 'own' }, span } as const;
    }),
  };
  return withRules(file, files, options, []);
}

function withRules(
  file: TestFile,
  files: SuiteFiles,
  { rules: given, ruleSets }: PrepareOptions,
  before: readonly Diagnostic[],
): PreparedSuite {
  const { source } = file;
  const diagnostics = [...before];
  const sources = given?.sources ?? namedRules(file, files, diagnostics);
  const configuration = given?.configuration ?? file.configuration;
  const whole = { ...file, configuration };
  const base = { source, file: whole, ruleFiles: sources?.map(({ name }) => name) ?? [] };
  if (sources === undefined) {
    const tests = file.absent === undefined ? [] : plannedTests(whole, files);
    return { ...base, ruleSet: undefined, skip: file.absent, diagnostics, tests };
  }
  const { ruleSet, errors } = ruleSets.load(sources, configuration);
  diagnostics.push(...errors);
  const tests = ruleSet === undefined ? [] : plannedTests(whole, files);
  return { ...base, ruleSet, skip: undefined, diagnostics, tests };
}

/** The rule files that a test file names; undefined when one is absent. */
function namedRules(file: TestFile, files: SuiteFiles, diagnostics: Diagnostic[]): readonly Source[] | undefined {
  const sources: Source[] = [];
  let isWhole = true;
  for (const { path, span } of file.rules) {
    const found = files.texts(path);
    diagnostics.push(...found.diagnostics);
    sources.push(...found.sources);
    if (found.sources.length > 0) continue;
    isWhole = false;
    if (file.absent !== undefined) continue;
    const message = `there is no rule file ${path}`;
    const hint = "'skip unless present: REASON' skips the tests where rules are absent";
    diagnostics.push({ code: 'TEST_FILE_MISSING', severity: 'error', message, span, hint });
  }
  return isWhole ? sources : undefined;
}
