import { normalize } from 'node:path';
import type { VerifyInput } from '../../../engine/verify.ts';
import { UnreadableError, UsageError } from '../command.ts';
import { readSource } from '../rule-files.ts';
import { filesBelow, kindOf } from './disk-files.ts';

/** How a test file is called. */
const TEST_FILE = /\.test\.ya?ml$/;
/** Scenarios in a folder, where no test file names them. */
const SCENARIO = /(^|\/)(scenario|benign)\.ya?ml$/;

/**
 * What paths of the command line stand for. A folder: the test files in it and below; with rules given and no test file
 * below, its scenarios. A file: a test file by its name, else a scenario.
 */
export function findInputs(paths: readonly string[], hasRules: boolean): VerifyInput[] {
  return paths.flatMap((path) => inputsAt(normalize(path), hasRules));
}

function inputsAt(path: string, hasRules: boolean): VerifyInput[] {
  const kind = kindOf(path);
  if (kind === undefined) throw new UnreadableError(`${path}: no such file or folder`);
  if (kind === 'folder') {
    const all = filesBelow(path.replace(/(?<=.)\/$/, ''));
    const tests = all.filter((file) => TEST_FILE.test(file));
    if (tests.length > 0) return tests.map((file) => input('test file', file));
    const scenarios = hasRules ? all.filter((file) => SCENARIO.test(file)) : [];
    if (scenarios.length > 0) return scenarios.map((file) => input('scenario', file));
    const why = hasRules ? 'no *.test.yaml and no scenario.yaml' : 'no *.test.yaml';
    const hint = hasRules ? '' : ' (scenarios need -r RULES)';
    throw new UnreadableError(`${path}: ${why} in this folder or below${hint}`);
  }
  if (TEST_FILE.test(path)) return [input('test file', path)];
  if (!/\.ya?ml$/.test(path)) {
    throw new UsageError(
      `${path} is neither a test file nor a scenario; creance verify --new ${path} -r RULES makes a test of a trace`,
    );
  }
  if (!hasRules) throw new UsageError(`${path} is a scenario: it needs -r RULES (a test file ends in .test.yaml)`);
  return [input('scenario', path)];
}

function input(kind: VerifyInput['kind'], path: string): VerifyInput {
  return { kind, source: readSource(path) };
}
