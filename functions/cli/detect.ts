import type { Profiling } from '../../engine/profile.ts';
import { GLOBAL_FLAGS } from './arguments.ts';
import { CASE_FLAG } from './case-flag.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { CONFIG_FLAG } from './config-file.ts';
import { MATCHING_FLAG, PRIORITY_FLAG, RULES_FLAG } from './detect-flags.ts';
import type { DetectRun } from './detect-run.ts';
import { HOSTS_FLAG } from './hosts-file.ts';
import { threadsFrom } from './threads-flag.ts';
import { TIMEZONE_FLAG } from './timezone-flag.ts';
import { TRACE_FLAG } from './trace-flag.ts';

/** `creance detect -r RULES... -t TRACE`. */
export const DETECT: Command = {
  name: 'detect',
  summary: 'run rules over a trace or a scenario and print the alerts',
  usage: '-r RULES... -t TRACE...',
  about:
    'Runs rule files, loaded in the order given, over a trace and prints each alert as Falco prints it, while the trace is being read. Exit code 0 whether or not a rule fired, 1 when the rules do not load, 3 when the trace could not be read to its end (alerts up to there are printed). With --json, the JSON lines of Falco. With --config FILE, rules and the form of alerts are those of a falco.yaml.',
  words: [0, 0],
  flags: [
    RULES_FLAG,
    { ...TRACE_FLAG, multiple: true, help: `${TRACE_FLAG.help}; several are run one after the other, each by itself` },
    { name: 'threads', value: 'N', help: 'run several traces on so many threads; what is printed is the same' },
    MATCHING_FLAG,
    PRIORITY_FLAG,
    CASE_FLAG,
    CONFIG_FLAG,
    { name: 'summary', help: 'tell how often each rule fired, and which the trace can not decide, after the alerts' },
    {
      name: 'profile',
      help: 'tell after the alerts where the time of deciding rules went, by rule and by condition; the run itself takes longer then',
    },
    { name: 'hostname', value: 'NAME', help: 'hostname of the alerts, the word creance unless given' },
    HOSTS_FLAG,
    TIMEZONE_FLAG,
  ],
  examples: [
    ['detect -r scenarios/rules -t scenarios/shell-spawned-in-nginx/scenario.yaml', 'an attack as a story'],
    ['detect -r falco_rules.yaml falco_rules.local.yaml -t attack.scap.gz --summary', 'a recorded one'],
    ['detect -r falco_rules.yaml -t node-1.scap.gz node-2.scap.gz --threads 4', 'many recordings at once'],
    ['detect -r falco_rules.yaml -t attack.scap.gz --profile', 'which rules are slow, and why'],
    ['detect --config falco.yaml -t attack.scap.gz', 'with the rules and settings of a node'],
    ['sysdig -w - | creance detect -r falco_rules.yaml -t - --json', 'from a pipe, as it comes'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const paths = given.flags('trace');
  if (paths.length === 0) throw new UsageError('-t TRACE is missing');
  if (given.flags('rules').length === 0 && !given.has('config')) throw new UsageError('-r RULES is missing');
  const threads = threadsFrom(given) ?? 1;
  if (threads > 1 && given.has('profile'))
    throw new UsageError('--profile measures on one thread: leave out --threads');
  if (threads > 1 && paths.includes('-'))
    throw new UsageError('standard input is read on one thread: leave out --threads');
  const { detectRun } = await import('./detect-run.ts');
  const loaded = await detectRun(given, terminal);
  if (typeof loaded === 'number') return loaded;
  if (threads > 1 && paths.length > 1) {
    const { detectOnThreads, flagsOf } = await import('./detect-threads.ts');
    const names = [...DETECT.flags, ...GLOBAL_FLAGS].map(({ name }) => name);
    return detectOnThreads({ traces: paths, flags: flagsOf(given, names) }, threads, terminal);
  }
  const profiling = given.has('profile') ? await profiled(loaded) : undefined;
  let code: number = EXIT.YES;
  for (const path of paths) code = Math.max(code, await loaded.over(path, terminal, profiling?.ruleSet));
  if (profiling !== undefined) {
    const { profileJson, profileText } = await import('./profile-text.ts');
    await terminal.write((loaded.isJson ? profileJson : profileText)(profiling.profile()));
  }
  return code;
}

async function profiled({ ruleSet }: DetectRun): Promise<Profiling> {
  const { Profiling } = await import('../../engine/profile.ts');
  return new Profiling(ruleSet, () => performance.now());
}
