/** A file of a suite or a rule set. */
export interface SuiteFile {
  /** Its path, with slashes, within the suite. */
  readonly name: string;
  readonly text: string;
}

/** What a suite consists of: test files with what they name, and which stored trace stands for which path. */
export interface Suite {
  readonly format: 1;
  readonly files: readonly SuiteFile[];
  /** Ids of stored traces by the path that test files name them by. */
  readonly traces: Readonly<Record<string, string>>;
}

/** Rule files in the order in which they are loaded. */
export interface StoredRuleSet {
  readonly format: 1;
  readonly files: readonly SuiteFile[];
}

/** How test files of a suite are called. */
const TEST_FILE = /\.test\.ya?ml$/;

/** True for a file of a suite that tells tests. */
export function isTestFile({ name }: SuiteFile): boolean {
  return TEST_FILE.test(name);
}
