import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { Source } from '../../engine/model/source.ts';
import { givenFiles } from '../../engine/suite/given-files.ts';
import type { SuiteReport } from '../../engine/suite/result.ts';
import { Verification, verify, type VerifyOptions } from '../../engine/verify.ts';

/** Texts of files by their paths. */
export type Files = Readonly<Record<string, string>>;

/** The cases of a file below `test/cases/suite`. */
export function suiteCases<T>(file: string): T[] {
  return load(readFileSync(new URL(`../cases/suite/${file}`, import.meta.url), 'utf8')) as T[];
}

/** Files in memory. */
export function sourcesOf(files: Files): Source[] {
  return Object.entries(files).map(([name, text]) => new Source(name, text));
}

/** Runs the test files among files in memory. */
export function verifyFiles(files: Files, options: VerifyOptions = {}): Promise<SuiteReport> {
  const sources = sourcesOf(files);
  return verify(inputsOf(sources), givenFiles(sources), options);
}

/** The test files among files in memory, ready to run. */
export function verificationOf(files: Files): Verification {
  const sources = sourcesOf(files);
  return new Verification(inputsOf(sources), givenFiles(sources));
}

function inputsOf(sources: readonly Source[]) {
  const tests = sources.filter(({ name }) => name.endsWith('.test.yaml'));
  return tests.map((source) => ({ kind: 'test file', source }) as const);
}
