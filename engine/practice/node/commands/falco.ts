import { DESCRIPTIONS } from '../../../fields/descriptions.ts';
import { fieldInfos } from '../../../fields/field-info.ts';
import { Source } from '../../../model/source.ts';
import { loadResultsText } from '../../../rules/load-result-text.ts';
import { loadResultsJson } from '../../../rules/load-result-json.ts';
import { loadRules } from '../../../rules/loader.ts';
import { overlaid } from '../../overlaid.ts';
import { isMapping, readPlain, type Plain } from '../../plain.ts';
import { loadStack, type RuleStack } from '../../rule-stack.ts';
import { CONFIGURATION_PATH, type MachineFiles } from '../../task.ts';
import { yamlText } from '../../yaml-text.ts';
import { logTime } from '../date-text.ts';
import { FALCO_VERSION, falcoStart } from '../falco-log.ts';
import { readOutputs, type FalcoOutputs } from '../falco-outputs.ts';
import { FalcoProcess } from '../falco-process.ts';
import { complain, type CommandIo, type NodeCommand, type Running } from '../node-command.ts';
import type { Options } from '../options.ts';
import { FALCO_HELP, falcoOptions } from './falco-options.ts';

/** What somebody starts by hand belongs to no unit of a service. */
const SESSION = 'session-1.scope';
const NANOSECONDS = 1_000_000_000n;
/** Columns of lists: names, then descriptions. */
const COLUMN = 50;
const WIDTH = 110;

/** `falco` */
export const FALCO: NodeCommand = {
  name: 'falco',
  usage: '[-r FILE]... [-M SECONDS] [-V FILE]... [-L] [--list]',
  about: 'runs in the foreground, checks rule files, lists rules and fields; falco --help tells more',
  run(io) {
    const options = falcoOptions(io.args);
    if (typeof options === 'string') return complain(io, options);
    if (options.has('h', 'help')) return (io.output.write(FALCO_HELP), 0);
    if (options.has('version'))
      return (io.output.write(`Falco version: ${FALCO_VERSION}\nDriver:\n  none: what happens here is a story\n`), 0);
    if (options.has('list')) return listFields(io, options);
    const path = io.node.resolve(options.value('c') ?? CONFIGURATION_PATH);
    const files = filesWith(io, options, path);
    if (typeof files === 'string') return failed(io, files);
    const outputs = readOutputs(files.get(CONFIGURATION_PATH) ?? '');
    if (options.has('V', 'validate')) return validate(io, options, files);
    const missing = options
      .values('r')
      .find((one) => !files.has(io.node.resolve(one)) && !io.node.files.isFolder(io.node.resolve(one)));
    if (missing !== undefined) return failed(io, `Could not open file ${missing}: No such file or directory`);
    const stack = loadStack(files);
    const { log, error } = falcoStart(stack, path);
    const isShort = options.has('L', 'l', 'dry-run');
    say(io, outputs, isShort ? log.slice(0, log.findIndex((line) => line.startsWith('The chosen')) >>> 0) : log);
    if (error !== undefined) return failed(io, error);
    if (options.has('L', 'l')) return listRules(io, stack, options.value('l'));
    return options.has('dry-run') ? 0 : watch(io, stack, outputs, options);
  },
  complete: () => ['-r', '-M', '-V', '-L', '-l', '-c', '-o', '-U', '--list', '--version', '--help', '--dry-run'],
};

/** The files as this Falco sees them: its configuration in the place of the usual one, with what `-r` and `-o` say. */
function filesWith(io: CommandIo, options: Options, path: string): MachineFiles | string {
  const files = io.node.files.all();
  const text = files.get(path);
  if (text === undefined) {
    return options.has('c')
      ? `Could not find configuration file at ${options.value('c')}`
      : `You must create a config file at ${CONFIGURATION_PATH} or by passing -c`;
  }
  const rules = options.values('r').map((one) => io.node.resolve(one));
  const values = options.values('o', 'option');
  files.set(CONFIGURATION_PATH, text);
  if (rules.length + values.length === 0) return files;
  let whole: Plain = readPlain(path, text);
  if (isMapping(whole)) {
    const { rules_file: _, ...others } = whole;
    if (rules.length > 0) whole = { ...others, rules_files: rules };
  }
  for (const one of values) {
    const [key = '', value = ''] = [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)];
    whole = overlaid(
      whole,
      key.split('.').reduceRight<Plain>((inner, name) => ({ [name]: inner }), value),
    );
  }
  return files.set(CONFIGURATION_PATH, yamlText(whole));
}

function validate(io: CommandIo, options: Options, files: MachineFiles): number {
  const { configuration } = loadStack(files);
  const sources: Source[] = [];
  const names = options.values('V', 'validate');
  for (const name of names) {
    const text = files.get(io.node.resolve(name));
    if (text === undefined) return failed(io, `Could not open file ${name}: No such file or directory`);
    sources.push(new Source(name, text));
  }
  const outputs = readOutputs(files.get(CONFIGURATION_PATH) ?? '');
  say(io, outputs, ['Validating rules file(s):', ...names.map((name) => `   ${name}`)]);
  const { results } = loadRules(sources, {});
  const summary = loadResultsText(results);
  io.output.write(configuration?.jsonOutput === true ? `${loadResultsJson(results)}\n` : summary);
  return results.every(({ successful }) => successful) ? 0 : failed(io, summary.trimEnd());
}

function* watch(io: CommandIo, stack: RuleStack, outputs: FalcoOutputs, options: Options): Running {
  const { node } = io;
  // Alerts come while time passes, and are written when it is the turn of this command.
  const lines: string[] = [];
  const pid = node.nextPid();
  const process = new FalcoProcess(node, stack, outputs, node.cwd, SESSION, pid, (line) => lines.push(`${line}\n`));
  const seconds = BigInt(options.value('M') ?? '0');
  const end = seconds === 0n ? undefined : node.now + seconds * NANOSECONDS;
  node.foreground.add(process);
  try {
    while (!io.output.isBroken) {
      io.output.write(lines.splice(0).join(''));
      if (end !== undefined && node.now >= end) break;
      yield end === undefined ? 'interrupt' : 'time';
    }
    return 0;
  } finally {
    node.foreground.delete(process);
    // It was not its own time that ended it.
    if (end === undefined || node.now < end) say(io, outputs, ['SIGINT received, exiting...']);
    io.error.write(
      'Syscall event drop monitoring:\n   - event drop detected: 0 occurrences\n   - num times actions taken: 0\n',
    );
    io.output.write(
      process
        .summary()
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}

function listRules(io: CommandIo, { ruleSet }: RuleStack, only: string | undefined): number {
  const rules = ruleSet?.rules.filter(({ name }) => only === undefined || name === only) ?? [];
  const row = (name: string, text: string): void => io.output.write(`${name.padEnd(COLUMN)} ${text}\n`);
  row('Rule', 'Description');
  row('----', '-----------');
  for (const { name, description } of rules) row(name, `${wrapped(description, COLUMN + 1)}\n`);
  return 0;
}

function listFields(io: CommandIo, options: Options): number {
  let lastClass = '';
  for (const { name, fieldClass, type, list, hidden, deprecated } of fieldInfos()) {
    if (hidden || deprecated) continue;
    if (options.has('N')) {
      io.output.write(`${name}\n`);
      continue;
    }
    if (fieldClass !== lastClass)
      io.output.write(`-------------------------------\nField Class:                  ${fieldClass}\n\n`);
    lastClass = fieldClass;
    const kind = `(Type: ${list ? `LIST(${type})` : type})`;
    io.output.write(`${name.padEnd(29)} ${wrapped(`${kind} ${DESCRIPTIONS[name] ?? ''}`, 30)}\n`);
  }
  return 0;
}

/** A text in lines of one width, behind an indent. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** Lines of its log go to the terminal, and to syslog. */
function say({ node, error }: CommandIo, { logStderr, logSyslog }: FalcoOutputs, lines: readonly string[]): void {
  for (const line of lines) {
    if (logStderr) error.write(`${logTime(node.now)}: ${line}\n`);
    if (logSyslog) node.log('falco', node.lastPid, line, node.now, SESSION);
  }
}

function failed({ error }: CommandIo, message: string): number {
  error.write(`Error: ${message}\n`);
  return 1;
}
