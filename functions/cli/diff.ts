import type { ChangeReport } from '../../engine/change/change-report.ts';
import type { RuleChange } from '../../engine/diff.ts';
import { hasErrors } from '../../engine/model/diagnostic.ts';
import { PRIORITIES, priorityOf } from '../../engine/model/priority.ts';
import type { LoadResult } from '../../engine/rules/loader.ts';
import { CONFIG_FLAG, rulesInput, type RulesInput } from './config-file.ts';
import { EXIT, UnreadableError, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import type { CorpusPath } from './diff/corpus.ts';
import { HOSTS_FLAG, hostsOf } from './hosts-file.ts';
import { readRuleFiles } from './rule-files.ts';
import { TIMEZONE_FLAG, timezoneFrom } from './timezone-flag.ts';

/** `creance diff --from A... --to B... -t CORPUS`. */
export const DIFF: Command = {
  name: 'diff',
  summary: 'tell what a change of rules does to alerts, and which edit does it',
  usage: '--from RULES... --to RULES... -t CORPUS...',
  about:
    'Runs the rules before and after a change over traces and scenarios, in one pass, and tells which alerts are gone, new or changed, on which work, and which edit is behind each: it takes the edits back one by one and looks what comes. Folders stand for every capture and scenario in them. A scenario.yaml is an attack and a benign.yaml is not; say --attack or --benign where names do not tell. Without a trace it compares the rules by themselves. Exit code 0 unless --fail-on says otherwise, 1 when rules do not load, 3 when a trace could not be read to its end.',
  words: [0, 0],
  flags: [
    { name: 'from', value: 'FILE', multiple: true, help: 'rule files or folders before the change, in order' },
    { name: 'to', value: 'FILE', multiple: true, help: 'rule files or folders after it, in order' },
    {
      name: 'trace',
      short: 't',
      value: 'CORPUS',
      multiple: true,
      help: 'captures, scenarios or folders of them, labelled by their names; - is standard input',
    },
    { name: 'attack', value: 'CORPUS', multiple: true, help: 'as -t, and all of it shows attacks' },
    { name: 'benign', value: 'CORPUS', multiple: true, help: 'as -t, and all of it is ordinary work' },
    { name: 'markdown', help: 'print for a comment on a pull request' },
    {
      name: 'fail-on',
      value: 'WHAT',
      multiple: true,
      choices: ['lost-attack', 'new-noise', 'any'],
      help: 'exit with 1 when a rule no longer tells of an attack, when there are new alerts on benign work, or when any alert differs',
    },
    {
      name: 'matching',
      value: 'HOW',
      choices: ['first', 'all'],
      help: 'alert for the first rule that matches an event, or for all',
    },
    { name: 'priority', value: 'LEAST', help: `leave out rules less grave than this (${PRIORITIES.join(', ')})` },
    CONFIG_FLAG,
    { name: 'hostname', value: 'NAME', help: 'hostname of the alerts, the word creance unless given' },
    HOSTS_FLAG,
    TIMEZONE_FLAG,
  ],
  examples: [
    ['diff --from old/rules --to new/rules -t scenarios', 'a change against the library'],
    ['diff --from falco_rules.yaml --to falco_rules.yaml local.yaml -t node.scap.gz', 'what a local file adds'],
    ['diff --from old.yaml --to new.yaml -t scenarios --fail-on lost-attack --markdown', 'a gate in a pull request'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  checkUsage(given);
  const { readChange } = await import('../../engine/diff.ts');
  const { changeJson } = await import('../../engine/change/change-json.ts');
  const { changeMarkdown } = await import('../../engine/change/change-markdown.ts');
  const { diffText } = await import('./diff/diff-text.ts');
  const from = await rulesInput(given.flags('from'), given, terminal);
  if (typeof from === 'number') return from;
  const load = { ...from.configuration?.load, ...priorityFrom(given) };
  const { change, ...results } = readChange(from.sources, readRuleFiles(given.flags('to')), load);
  reportSides(results.from, results.to, terminal);
  if (change === undefined) return EXIT.NO;
  const isWhole = await runCorpus(change, from, given, terminal);
  const report = change.report();
  if (given.has('json')) await terminal.write(`${changeJson(report)}\n`);
  else await terminal.write(given.has('markdown') ? changeMarkdown(report) : diffText(report, terminal.color));
  noteUnlabelled(report, given.flags('fail-on'), terminal);
  if (!isWhole) return EXIT.UNREADABLE;
  return fails(report, given.flags('fail-on')) ? EXIT.NO : EXIT.YES;
}

function checkUsage(given: Given): void {
  if (given.flags('from').length === 0) throw new UsageError('--from RULES is missing');
  if (given.flags('to').length === 0) throw new UsageError('--to RULES is missing');
  const choices = ['lost-attack', 'new-noise', 'any'];
  const odd = given.flags('fail-on').find((word) => !choices.includes(word));
  if (odd !== undefined) throw new UsageError(`--fail-on is one of ${choices.join(', ')}, not '${odd}'`);
  if (given.has('json') && given.has('markdown'))
    throw new UsageError('--json and --markdown are two answers: take one');
}

/** Runs both rule sets over every trace; false when one could not be read to its end. */
async function runCorpus(
  change: RuleChange,
  { configuration }: RulesInput,
  given: Given,
  terminal: Terminal,
): Promise<boolean> {
  const { corpusFiles, tracesOf } = await import('./diff/corpus.ts');
  const hosts = hostsOf(given, terminal);
  const hostname = given.flag('hostname');
  const matching = given.flag('matching');
  const options = {
    timezone: timezoneFrom(given),
    ...configuration?.run,
    ...(matching === undefined ? {} : { matching: matching === 'all' ? ('all' as const) : ('first' as const) }),
    ...(hostname === undefined ? {} : { hostname }),
  };
  const files = corpusFiles(corpusPaths(given));
  let isWhole = true;
  for (const [number, file] of files.entries()) {
    if (terminal.interactive && files.length > 1) terminal.note(`\r\x1b[2K${number + 1} of ${files.length} traces`);
    try {
      for (const trace of tracesOf(file, terminal)) {
        const run = change.run(trace.workload, { ...options, hosts: new Map([...trace.hosts, ...hosts]) });
        const found = await trace.feed(run);
        reportDiagnostics(found, terminal);
        isWhole &&= !hasErrors(found);
      }
    } catch (error) {
      // One file that can't be read does not take away what the others tell.
      if (!(error instanceof UnreadableError)) throw error;
      terminal.note(`creance: ${error.message}\n`);
      isWhole = false;
    }
  }
  if (terminal.interactive && files.length > 1) terminal.note('\r\x1b[2K');
  return isWhole;
}

function corpusPaths(given: Given): CorpusPath[] {
  return [
    ...given.flags('trace').map((path) => ({ path, label: undefined })),
    ...given.flags('attack').map((path) => ({ path, label: 'attack' as const })),
    ...given.flags('benign').map((path) => ({ path, label: 'benign' as const })),
  ];
}

/** Tells what is wrong with the rules of each side; what is said of both is told once. */
function reportSides(from: readonly LoadResult[], to: readonly LoadResult[], terminal: Terminal): void {
  const findings = (results: readonly LoadResult[]) =>
    results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
  const keyOf = ({ code, message, span }: ReturnType<typeof findings>[number]) =>
    `${code} ${message} ${span?.source.text.slice(span.start, span.end)}`;
  const [before, after] = [findings(from), findings(to)];
  const [had, has] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const told = [
    ['in the rules before and after', after.filter((one) => had.has(keyOf(one)))],
    ['in the rules before (--from)', before.filter((one) => !has.has(keyOf(one)))],
    ['in the rules after (--to)', after.filter((one) => !had.has(keyOf(one)))],
  ] as const;
  for (const [head, diagnostics] of told) {
    if (diagnostics.length === 0) continue;
    terminal.note(`${head}:\n`);
    reportDiagnostics(diagnostics, terminal);
  }
}

/** A gate that looks at labelled traces only must not pass in silence over others. */
function noteUnlabelled({ totals }: ChangeReport, gates: readonly string[], terminal: Terminal): void {
  const closed = gates.filter((gate) => gate !== 'any');
  if (closed.length === 0 || totals.unlabelled === 0) return;
  terminal.note(
    `${totals.unlabelled} changed alerts are on traces that are labelled neither attack nor benign; --fail-on ${closed.join(' and ')} does not look at them: say --attack or --benign\n`,
  );
}

function fails({ totals, workloads }: ChangeReport, gates: readonly string[]): boolean {
  const lost = workloads.some(({ label, lostRules }) => label === 'attack' && lostRules.length > 0);
  const { appeared, vanished, changed, newNoise } = totals;
  return gates.some((gate) => {
    if (gate === 'lost-attack') return lost;
    return gate === 'new-noise' ? newNoise > 0 : appeared + vanished + changed > 0;
  });
}

function priorityFrom(given: Given) {
  const word = given.flag('priority');
  if (word === undefined) return {};
  const priority = priorityOf(word);
  if (priority === undefined) throw new UsageError(`--priority is one of ${PRIORITIES.join(', ')}, not '${word}'`);
  return { priority };
}
