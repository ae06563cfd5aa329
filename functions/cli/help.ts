import { GLOBAL_FLAGS } from './arguments.ts';
import { EXIT, type Command, type Flag } from './command.ts';

const WIDTH = 96;

/** The page that `creance` and `creance --help` print. */
export function overview(commands: readonly Command[]): string {
  const wide = Math.max(...commands.map((command) => command.name.length));
  return [
    'creance: fly Falco rules before a rollout',
    '',
    'Runs Falco rules over recorded or simulated syscall traces, without a kernel, and tells which rules fire.',
    '',
    'usage: creance <command> [flags]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(wide)}  ${command.summary}`),
    '',
    'try it:',
    '  creance detect -r scenarios/rules -t scenarios/shell-spawned-in-nginx/scenario.yaml',
    '',
    `Exit codes: ${EXIT.YES} yes, ${EXIT.NO} no, ${EXIT.USAGE} wrong usage, ${EXIT.UNREADABLE} input unreadable.`,
    'creance <command> --help teaches one command.',
    '',
  ].join('\n');
}

/** The page of one command. */
export function manual(command: Command): string {
  const flags = [...command.flags, ...GLOBAL_FLAGS];
  const heads = flags.map(flagHead);
  const wide = Math.max(...heads.map((head) => head.length));
  return [
    `usage: creance ${command.name} ${command.usage}`.trimEnd(),
    '',
    ...wrap(command.about, WIDTH),
    '',
    ...flags.flatMap((flag, index) => {
      const [first = '', ...rest] = wrap(flagHelp(flag), WIDTH - wide - 4);
      return [
        `  ${(heads[index] as string).padEnd(wide)}  ${first}`,
        ...rest.map((line) => ' '.repeat(wide + 4) + line),
      ];
    }),
    '',
    'examples:',
    ...command.examples.flatMap(([line, what]) => [`  # ${what}`, `  creance ${line}`]),
    '',
  ].join('\n');
}

function flagHead(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const value = flag.value === undefined ? '' : ` ${flag.value}${flag.multiple ? '...' : ''}`;
  return `${short}--${flag.name}${value}`;
}

function flagHelp(flag: Flag): string {
  return flag.choices === undefined ? flag.help : `${flag.help} (${flag.choices.join(', ')})`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
