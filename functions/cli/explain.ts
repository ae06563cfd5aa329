import { hasErrors, type Diagnostic } from '../../engine/model/diagnostic.ts';
import type { Answer, Question } from '../../engine/explain.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { CASE_FLAG } from './case-flag.ts';
import { CONFIG_FLAG, rulesInput } from './config-file.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { matchingFrom, MATCHING_FLAG, priorityFrom, PRIORITY_FLAG, RULES_FLAG } from './detect-flags.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { explanationText } from './explanation-text.ts';
import { HOSTS_FLAG, hostsOf } from './hosts-file.ts';
import { nearMissesText } from './near-misses-text.ts';
import { paintFor } from './paint.ts';
import { TIMEZONE_FLAG, timezoneFrom } from './timezone-flag.ts';
import { traceOf, TRACE_FLAG } from './trace-flag.ts';

/** `creance explain -r RULES... -t TRACE --event N [--rule NAME]`. */
export const EXPLAIN: Command = {
  name: 'explain',
  summary: 'tell why a rule fired or did not fire',
  usage: '-r RULES... -t TRACE [--event N] [--rule NAME]',
  about:
    "With --event and --rule: the rule's condition as a table, through macros, lists and exceptions, with the verdict of each part at that event, the values read and the reasons. With --event alone: all rules that can see the event, those that fired first, then those that came nearest. With --rule alone: the near misses of the rule in the whole trace, that is the events for which the fewest checks would have to say the opposite. evt.num, as `creance filter` shows it, is the number of an event. Exit code 0 when the question was answered, whatever the answer, 1 when the rules do not load, 2 when there is no such rule or event, 3 when the trace could not be read.",
  words: [0, 0],
  flags: [
    RULES_FLAG,
    TRACE_FLAG,
    CASE_FLAG,
    { name: 'event', short: 'e', value: 'N', help: 'number of the event (evt.num)' },
    { name: 'rule', value: 'NAME', help: 'name of the rule' },
    { name: 'most', value: 'N', help: 'near misses that are listed, 10 unless given' },
    MATCHING_FLAG,
    PRIORITY_FLAG,
    CONFIG_FLAG,
    HOSTS_FLAG,
    TIMEZONE_FLAG,
  ],
  examples: [
    [
      "explain -r scenarios/rules -t scenarios/shell-spawned-in-nginx/benign.yaml --rule 'Shell started by a network service'",
      'what came near',
    ],
    ['explain -r falco_rules.yaml -t attack.scap.gz --event 812', 'all rules at one event'],
    [
      "explain -r falco_rules.yaml -t attack.scap.gz --event 812 --rule 'Terminal shell in container'",
      'one rule, in full',
    ],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const path = traceOf(given);
  const ruleFiles = given.flags('rules');
  if (ruleFiles.length === 0 && !given.has('config')) throw new UsageError('-r RULES is missing');
  const question = questionFrom(given);
  const most = numberFrom(given, 'most', 1);
  const priority = priorityFrom(given);
  const { check } = await import('../../engine/check.ts');
  const { explain, isRefused } = await import('../../engine/explain.ts');
  const { openTrace } = await import('./trace-feed.ts');

  const input = await rulesInput(ruleFiles, given, terminal);
  if (typeof input === 'number') return input;
  const { sources, configuration } = input;
  const load = { ...configuration?.load, ...(priority === undefined ? {} : { priority }) };
  const { ruleSet, results, collected } = check(sources, load);
  reportDiagnostics(
    results.flatMap((file) => file.errors),
    terminal,
  );
  if (ruleSet === undefined) return EXIT.NO;

  const trace = openTrace(path, given, terminal);
  const explaining = explain(ruleSet, question, {
    hosts: new Map([...trace.hosts, ...hostsOf(given, terminal)]),
    collected,
    timezone: timezoneFrom(given),
    ...configuration?.run,
    ...(load.priority === undefined ? {} : { priority: load.priority }),
    ...matchingFrom(given),
    ...(most === undefined ? {} : { most }),
  });
  if (isRefused(explaining)) return refuse(explaining, terminal);
  const found = await trace.feed(explaining, async () => {});
  reportDiagnostics(found, terminal);
  const answer = explaining.answer();
  const isBroken = hasErrors(found);
  if (answer.kind === 'refused') return isBroken ? EXIT.UNREADABLE : refuse(answer.diagnostic, terminal);
  await terminal.write(await answerText(answer, ruleSet, question, given.has('json'), terminal));
  return isBroken ? EXIT.UNREADABLE : EXIT.YES;
}

async function answerText(
  answer: Exclude<Answer, { kind: 'refused' }>,
  ruleSet: RuleSet,
  question: Question,
  isJson: boolean,
  terminal: Terminal,
): Promise<string> {
  if (isJson) {
    const { answerJson } = await import('../../engine/explanation/explanation-json.ts');
    return `${answerJson(answer)}\n`;
  }
  const paint = paintFor(terminal.color);
  if (answer.kind === 'event') return explanationText(answer.explanation, question.rule !== undefined, paint);
  return nearMissesText(answer.rule, ruleSet.active.includes(answer.rule), answer.report, paint);
}

function refuse(diagnostic: Diagnostic, terminal: Terminal): number {
  reportDiagnostics([diagnostic], terminal);
  return EXIT.USAGE;
}

function questionFrom(given: Given): Question {
  const event = numberFrom(given, 'event', 0);
  const rule = given.flag('rule');
  if (event === undefined && rule === undefined) throw new UsageError('--event N or --rule NAME is missing');
  return { ...(event === undefined ? {} : { event }), ...(rule === undefined ? {} : { rule }) };
}

function numberFrom(given: Given, name: string, least: number): number | undefined {
  const word = given.flag(name);
  if (word === undefined) return undefined;
  const number = Number(word);
  if (/^[0-9]{1,15}$/.test(word) && number >= least) return number;
  throw new UsageError(`--${name} is a number from ${least}, not '${word}'`);
}
