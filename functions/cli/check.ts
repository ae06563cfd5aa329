import { CONFIG_FLAG, rulesInput } from './config-file.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';

/** `creance check RULES...`. */
export const CHECK: Command = {
  name: 'check',
  summary: 'load rule files and tell what is wrong with them',
  usage: 'RULES...',
  about:
    'Loads rule files in the order given, as falco -V does, and tells every error and warning with its place. A folder stands for its .yaml and .yml files. With --json the answer has the shape of Falco, plus the exact place of each finding. With --config FILE and no RULES, the files that a falco.yaml names. Exit code 0: all files load.',
  words: [0, 10_000],
  flags: [CONFIG_FLAG],
  examples: [
    ['check falco_rules.yaml falco_rules.local.yaml', 'in the order in which Falco loads them'],
    ['check --json rules.d', 'for a pipeline'],
    ['check --config falco.yaml', 'what a node would load'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const { check, loadResultsJson } = await import('../../engine/check.ts');
  if (given.words.length === 0 && !given.has('config')) throw new UsageError('RULES... is missing');
  const input = await rulesInput(given.words, given, terminal);
  if (typeof input === 'number') return input;
  const { sources, configuration } = input;
  const loaded = check(sources, configuration?.load);
  if (given.has('json') || configuration?.jsonOutput === true) await terminal.write(`${loadResultsJson(loaded)}\n`);
  else {
    for (const { source, errors, warnings, lints } of loaded.results) {
      reportDiagnostics([...errors, ...warnings, ...lints], terminal);
      const counts = [count(errors.length, 'error'), count(warnings.length, 'warning'), count(lints.length, 'lint')];
      const verdict = errors.length === 0 ? 'Ok' : 'Invalid';
      await terminal.write(`${[`${source.name}: ${verdict}`, ...counts.filter((text) => text !== '')].join(', ')}\n`);
    }
    const rules = loaded.ruleSet?.rules;
    if (rules !== undefined)
      await terminal.write(`${rules.length} rules, ${loaded.ruleSet?.active.length} of them active\n`);
  }
  return loaded.results.every((file) => file.successful) ? EXIT.YES : EXIT.NO;
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`;
}
