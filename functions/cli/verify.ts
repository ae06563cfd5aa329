import type { SuiteReport } from '../../engine/suite/result.ts';
import type { Side } from '../../engine/suite/test-file.ts';
import { EXIT, type Command, type Given, type Terminal } from './command.ts';
import { CONFIG_FLAG, rulesInput } from './config-file.ts';

/** `creance verify PATH...`. */
export const VERIFY: Command = {
  name: 'verify',
  summary: 'run tests of rules: what must fire, and what must stay silent',
  usage: 'PATH...',
  about:
    'Runs test files (*.test.yaml, see scenarios/TESTS.md), in folders and below, over scenarios and recorded traces, and tells of each expectation that was not met what was expected, what came and what came nearest. A scenario alone is a test by its own expect, under the rules of -r. Exit code 0: all passed, 1: something failed.',
  words: [1, 10_000],
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
    { name: 'coverage', help: 'show the table of rules also when something failed' },
    { name: 'verbose', short: 'v', help: 'name the tests that passed, too' },
  ],
  examples: [
    ['verify scenarios', 'the library against its rules'],
    ['verify -r scenarios/rules scenarios/log-wiping/scenario.yaml', 'one scenario by what it expects'],
    ['verify --require-positive --require-negative rules/tests', 'no rule without tests'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const { verify } = await import('../../engine/verify.ts');
  const { diskFiles } = await import('./verify/disk-files.ts');
  const { findInputs } = await import('./verify/find-inputs.ts');
  const { reportText } = await import('./verify/report-text.ts');
  const hasRules = given.flags('rules').length > 0 || given.has('config');
  const rules = hasRules ? await rulesInput(given.flags('rules'), given, terminal) : undefined;
  if (typeof rules === 'number') return rules;
  const inputs = findInputs(given.words, hasRules);
  const variables = new Map(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const report = await verify(inputs, diskFiles(), { variables, rules, require: sides(given) });
  const options = { color: terminal.color, coverage: given.has('coverage'), verbose: given.has('verbose') };
  await terminal.write(reportText(report, options));
  return exitCode(report);
}

function sides(given: Given): Side[] {
  return (['positive', 'negative'] as const).filter((side) => given.has(`require-${side}`));
}

function exitCode({ failed, errors }: SuiteReport): number {
  return failed + errors === 0 ? EXIT.YES : EXIT.NO;
}
