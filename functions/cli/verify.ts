import type { SuiteReport } from '../../engine/suite/result.ts';
import type { Side } from '../../engine/suite/test-file.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { CONFIG_FLAG, rulesInput, type RulesInput } from './config-file.ts';
import { threadsFrom } from './threads-flag.ts';
import { REPORT_FLAGS } from './verify/report-flags.ts';

/** `creance verify PATH...`. */
export const VERIFY: Command = {
  name: 'verify',
  summary: 'run tests of rules: what must fire, and what must stay silent',
  usage: 'PATH... | --new TRACE -r RULES...',
  about:
    'Runs test files (*.test.yaml, see scenarios/TESTS.md), in folders and below, over scenarios and recorded traces, and tells of each expectation that is not met what was expected, what came and what came nearest. A scenario alone is a test by its own expect, under the rules of -r. Exit code 0: all passed, 1: something failed.',
  words: [0, 10_000],
  flags: [
    {
      name: 'rules',
      short: 'r',
      value: 'FILE',
      multiple: true,
      help: 'rule files or folders, in order, in place of those that test files name; scenarios need them',
    },
    CONFIG_FLAG,
    { name: 'require-positive', help: 'fail when a rule has no test in which it fires' },
    { name: 'require-negative', help: 'fail when a rule has no test that names it and in which it stays silent' },
    { name: 'update', help: 'write what came in the place of expectations that are not met, and show the difference' },
    { name: 'new', value: 'TRACE', help: 'make a test of a recording or scenario, by what the rules say of it now' },
    { name: 'output', short: 'o', value: 'FILE', help: 'where --new writes; standard output unless given' },
    { name: 'watch', help: 'run again whenever a file changes' },
    { name: 'threads', value: 'N', help: 'threads to run on; as many as it is worth unless given' },
    ...REPORT_FLAGS,
  ],
  examples: [
    ['verify scenarios', 'the library against its rules'],
    ['verify -r scenarios/rules scenarios/log-wiping/scenario.yaml', 'one scenario by what it expects'],
    ['verify --require-positive --require-negative rules/tests', 'no rule without tests'],
    ['verify --new attack.scap.gz -r falco_rules.yaml -o tests/attack.test.yaml', 'one bug, one recording, one test'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const recording = given.flag('new');
  if (recording !== undefined) {
    if (given.words.length > 0)
      throw new UsageError(`--new makes a test and runs none: '${given.words[0]}' is not expected`);
    const { makeTest } = await import('./verify/new-test.ts');
    return makeTest(recording, given, terminal);
  }
  if (given.words.length === 0) throw new UsageError('PATH... is missing');
  const threads = threadsFrom(given);
  if (given.has('watch')) return watchAndRun(given, terminal, threads);
  const rules = await rulesFrom(given, terminal);
  return typeof rules === 'number' ? rules : runOnce(given, terminal, rules, threads);
}

type GivenRules = RulesInput | undefined;

/** Rules of the command line; undefined when it names none. An exit code when they can't be used. */
async function rulesFrom(given: Given, terminal: Terminal): Promise<GivenRules | number> {
  const hasRules = given.flags('rules').length > 0 || given.has('config');
  return hasRules ? rulesInput(given.flags('rules'), given, terminal) : undefined;
}

async function runOnce(
  given: Given,
  terminal: Terminal,
  rules: GivenRules,
  threads: number | undefined,
  ran?: (folders: readonly string[]) => void,
): Promise<number> {
  const { findInputs } = await import('./verify/find-inputs.ts');
  const { runTests } = await import('./verify/run-tests.ts');
  const { writeReports } = await import('./verify/write-reports.ts');
  const inputs = findInputs(given.words, rules !== undefined);
  const variables = new Map(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const options = { variables, rules, require: sides(given) };
  if (given.has('update')) {
    const { update } = await import('./verify/update.ts');
    await update(inputs, options, terminal);
    return runOnce(without(given, 'update'), terminal, rules, threads);
  }
  const { report, verification } = await runTests(inputs, options, threads);
  await writeReports(report, given, terminal);
  if (ran !== undefined) {
    const { foldersOf } = await import('./verify/watch.ts');
    ran(foldersOf(verification));
  }
  return exitCode(report);
}

/** Runs the tests, and again after each change, until the process is ended. */
async function watchAndRun(given: Given, terminal: Terminal, threads: number | undefined): Promise<number> {
  const { folderOfPath, Watch } = await import('./verify/watch.ts');
  const { describeFailure } = await import('./verify/describe-failure.ts');
  for (;;) {
    const watch = new Watch();
    watch.add(given.words.map((path) => folderOfPath(path)));
    try {
      const rules = await rulesFrom(given, terminal);
      if (typeof rules !== 'number') await runOnce(given, terminal, rules, threads, (folders) => watch.add(folders));
    } catch (error) {
      terminal.note(describeFailure(error));
    }
    terminal.note('waiting for a change\n');
    await watch.changed;
    watch.close();
  }
}

function sides(given: Given): Side[] {
  return (['positive', 'negative'] as const).filter((side) => given.has(`require-${side}`));
}

function without(given: Given, name: string): Given {
  return { ...given, has: (other) => other !== name && given.has(other) };
}

function exitCode({ failed, errors }: SuiteReport): number {
  return failed + errors === 0 ? EXIT.YES : EXIT.NO;
}
