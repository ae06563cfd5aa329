import type { Alert } from '../../engine/model/alert.ts';
import { hasErrors } from '../../engine/model/diagnostic.ts';
import { CONFIG_FLAG, rulesInput } from './config-file.ts';
import { CASE_FLAG } from './case-flag.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { matchingFrom, MATCHING_FLAG, priorityFrom, PRIORITY_FLAG, RULES_FLAG } from './detect-flags.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { HOSTS_FLAG, hostsOf } from './hosts-file.ts';
import { summaryJson, summaryText } from './summary.ts';
import { TIMEZONE_FLAG, timezoneFrom } from './timezone-flag.ts';
import { traceOf, TRACE_FLAG } from './trace-flag.ts';

/** `creance detect -r RULES... -t TRACE`. */
export const DETECT: Command = {
  name: 'detect',
  summary: 'run rules over a trace or a scenario and print the alerts',
  usage: '-r RULES... -t TRACE',
  about:
    'Runs rule files, loaded in the order given, over a trace and prints each alert as Falco prints it, while the trace is being read. Exit code 0 whether or not a rule fired, 1 when the rules do not load, 3 when the trace could not be read to its end (alerts up to there are printed). With --json, the JSON lines of Falco. With --config FILE, rules and the form of alerts are those of a falco.yaml.',
  words: [0, 0],
  flags: [
    RULES_FLAG,
    TRACE_FLAG,
    MATCHING_FLAG,
    PRIORITY_FLAG,
    CASE_FLAG,
    CONFIG_FLAG,
    { name: 'summary', help: 'tell how often each rule fired, and which the trace can not decide, after the alerts' },
    { name: 'hostname', value: 'NAME', help: 'hostname of the alerts, the word creance unless given' },
    HOSTS_FLAG,
    TIMEZONE_FLAG,
  ],
  examples: [
    ['detect -r scenarios/rules -t scenarios/shell-spawned-in-nginx/scenario.yaml', 'an attack as a story'],
    ['detect -r falco_rules.yaml falco_rules.local.yaml -t attack.scap.gz --summary', 'a recorded one'],
    ['detect --config falco.yaml -t attack.scap.gz', 'with the rules and settings of a node'],
    ['sysdig -w - | creance detect -r falco_rules.yaml -t - --json', 'from a pipe, as it comes'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const path = traceOf(given);
  const ruleFiles = given.flags('rules');
  if (ruleFiles.length === 0 && !given.has('config')) throw new UsageError('-r RULES is missing');
  const priority = priorityFrom(given);
  const { check } = await import('../../engine/check.ts');
  const { Detection } = await import('../../engine/detect.ts');
  const { alertJson } = await import('../../engine/output/alert-json.ts');
  const { alertLine } = await import('../../engine/output/alert-line.ts');
  const { openTrace } = await import('./trace-feed.ts');

  const input = await rulesInput(ruleFiles, given, terminal);
  if (typeof input === 'number') return input;
  const { sources, configuration } = input;
  const load = { ...configuration?.load, ...(priority === undefined ? {} : { priority }) };
  const { ruleSet, results } = check(sources, load);
  reportDiagnostics(
    results.flatMap((file) => [...file.errors, ...file.warnings, ...file.lints]),
    terminal,
  );
  if (ruleSet === undefined) return EXIT.NO;

  const trace = openTrace(path, given, terminal);
  const isJson = given.has('json') || configuration?.jsonOutput === true;
  const print = isJson ? (alert: Alert) => alertJson(alert, configuration?.json) : alertLine;
  const hostname = given.flag('hostname');
  let lines: string[] = [];
  const detection = new Detection(ruleSet, {
    hosts: new Map([...trace.hosts, ...hostsOf(given, terminal)]),
    timezone: timezoneFrom(given),
    ...configuration?.run,
    ...matchingFrom(given),
    ...(hostname === undefined ? {} : { hostname }),
    onAlert: (alert) => void lines.push(print(alert)),
  });
  const found = await trace.feed(detection, async () => {
    const ready = lines;
    lines = [];
    if (ready.length > 0) await terminal.write(`${ready.join('\n')}\n`);
  });
  reportDiagnostics(found, terminal);
  if (given.has('summary')) await terminal.write((isJson ? summaryJson : summaryText)(detection.report()));
  return hasErrors(found) ? EXIT.UNREADABLE : EXIT.YES;
}
