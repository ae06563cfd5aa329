import { dateParts, unitTime } from '../date-text.ts';
import { isoTime } from '../../../fields/evt/time-text.ts';
import { complain, type CommandIo, type NodeCommand, type Running } from '../node-command.ts';

const SECOND = 1_000_000_000n;
/** Longest sleep, in seconds. */
const MAX_SLEEP = 3_600;

/** `cd` */
export const CD: NodeCommand = {
  name: 'cd',
  usage: '[FOLDER]',
  about: 'goes to a folder',
  run(io) {
    const [word = '/root'] = io.args;
    const path = io.node.resolve(word);
    if (!io.node.files.isFolder(path)) {
      const isFile = io.node.files.read(path) !== undefined;
      return complain(io, `${word}: ${isFile ? 'Not a directory' : 'No such file or directory'}`);
    }
    io.node.cwd = path;
    return 0;
  },
};

/** `pwd` */
export const PWD: NodeCommand = {
  name: 'pwd',
  usage: '',
  about: 'the folder that you are in',
  run: ({ node, output }) => (output.write(`${node.cwd}\n`), 0),
};

/** `date` */
export const DATE: NodeCommand = {
  name: 'date',
  usage: '[-I] [+%s]',
  about: 'the time on the node',
  run({ node, args, output }) {
    const [form] = args;
    const { day, month, date, clock, year } = dateParts(node.now);
    if (form === '+%s') output.write(`${node.now / SECOND}\n`);
    else if (form === '-Is' || form === '-Iseconds')
      output.write(`${isoTime(node.now, '+00:00').replace(/\.\d+/, '')}\n`);
    else output.write(`${day} ${month} ${date} ${clock} UTC ${year}\n`);
    return 0;
  },
};

/** `sleep` */
export const SLEEP: NodeCommand = { name: 'sleep', usage: 'SECONDS', about: 'waits', run: sleep };

function* sleep(io: CommandIo): Running {
  const written = /^(\d{1,6}(?:\.\d{1,3})?)(s|m|h)?$/.exec(io.args[0] ?? '');
  if (written === null) return complain(io, `invalid time interval '${io.args[0] ?? ''}'`);
  const factor = { s: 1, m: 60, h: 3600 }[written[2] as 's'] ?? 1;
  const seconds = Math.min(MAX_SLEEP, Number(written[1]) * factor);
  const end = io.node.now + BigInt(Math.round(seconds * 1_000)) * 1_000_000n;
  while (io.node.now < end) yield 'time';
  return 0;
}

/** `true` */
export const TRUE: NodeCommand = { name: 'true', usage: '', about: 'says yes', run: () => 0 };

/** `false` */
export const FALSE: NodeCommand = { name: 'false', usage: '', about: 'says no', run: () => 1 };

/** `hostname` */
export const HOSTNAME: NodeCommand = {
  name: 'hostname',
  usage: '',
  about: 'the name of the node',
  run: ({ node, output }) => (output.write(`${node.hostname}\n`), 0),
};

/** `whoami` */
export const WHOAMI: NodeCommand = {
  name: 'whoami',
  usage: '',
  about: 'who you are',
  run: ({ output }) => (output.write('root\n'), 0),
};

/** `history` */
export const HISTORY: NodeCommand = {
  name: 'history',
  usage: '',
  about: 'lines that were typed',
  run({ node, output }) {
    for (const [i, { line }] of node.typed.entries()) output.write(`${String(i + 1).padStart(5)}  ${line}\n`);
    return 0;
  },
};

/** `uptime` */
export const UPTIME: NodeCommand = {
  name: 'uptime',
  usage: '',
  about: 'the time, and that the node runs',
  run: ({ node, output }) => (output.write(` ${unitTime(node.now).split(' ')[2]} up, 1 user\n`), 0),
};

/** `sudo`: everybody is root here. */
export const SUDO: NodeCommand = {
  name: 'sudo',
  usage: 'COMMAND...',
  about: 'runs a command as root, who you are anyway',
  run: ({ args, start }) => start(args.filter((arg, i) => i > 0 || arg !== '-i')),
};

/** `printf` */
export const PRINTF: NodeCommand = {
  name: 'printf',
  usage: 'FORMAT [WORD]...',
  about: String.raw`writes words by a format with %s, %d, \n and \t`,
  run({ args, output }) {
    const [format = '', ...words] = args;
    const plain = format.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\t`, '\t');
    const holes = (plain.match(/%[sd]/g) ?? []).length;
    let next = 0;
    do {
      output.write(
        plain.replaceAll(/%([sd%])/g, (_, letter: string) =>
          letter === '%' ? '%' : (words[next++] ?? (letter === 'd' ? '0' : '')),
        ),
      );
    } while (holes > 0 && next < words.length);
    return 0;
  },
};
