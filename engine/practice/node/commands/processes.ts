import { complain, type CommandIo, type NodeCommand } from '../node-command.ts';

/** What a signal does, by its number and its name. */
const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, KILL: 9, USR1: 10, TERM: 15 };

/** `kill` */
export const KILL: NodeCommand = {
  name: 'kill',
  usage: '[-1|-HUP|-9|...] PID',
  about: 'sends a signal to a process; -1 lets Falco read its files again',
  run(io) {
    const { signal, words } = asked(io.args);
    if (signal === undefined) return complain(io, `invalid signal specification: ${io.args[0]}`);
    if (words.length === 0) return complain(io, 'usage: kill [-SIGNAL] PID');
    let code = 0;
    for (const word of words) {
      if (!/^\d{1,9}$/.test(word)) code = complain(io, `${word}: arguments must be process or job IDs`);
      else if (!sent(io, Number(word), signal)) code = complain(io, `(${word}) - No such process`);
    }
    return code;
  },
};

/** `pkill` and `killall` */
export const PKILL: NodeCommand = {
  name: 'pkill',
  usage: '[-1|-HUP|-9|...] falco',
  about: 'sends a signal to processes of a name',
  run(io) {
    const { signal, words } = asked(io.args.filter((arg) => arg !== '-f' && arg !== '-x'));
    if (signal === undefined) return complain(io, `invalid signal specification: ${io.args[0]}`);
    return words[0] === 'falco' && sent(io, io.node.service.pid, signal) ? 0 : 1;
  },
};

/** `pidof` and `pgrep` */
export const PIDOF: NodeCommand = {
  name: 'pidof',
  usage: 'falco',
  about: 'the number of a process',
  run({ node, args, output }) {
    const { service } = node;
    if (args.at(-1) !== 'falco' || service.state !== 'running') return 1;
    output.write(`${service.pid}\n`);
    return 0;
  },
};

/** `ps` */
export const PS: NodeCommand = {
  name: 'ps',
  usage: '[aux]',
  about: 'processes of this node that belong to its system',
  run({ node, output }) {
    const row = (pid: number | string, command: string): void =>
      output.write(`${String(pid).padStart(7)} ?        Ss     ${command}\n`);
    output.write('    PID TTY      STAT   COMMAND\n');
    row(1, '/sbin/init');
    row(612, '/usr/bin/containerd');
    row(701, '/usr/bin/kubelet');
    if (node.service.state === 'running') row(node.service.pid, '/usr/bin/falco');
    row(node.lastPid + 3, '-bash');
    return 0;
  },
};

function asked(args: readonly string[]): { readonly signal: number | undefined; readonly words: readonly string[] } {
  const [first = '', ...rest] = args;
  if (first === '-s' || first === '--signal') return { signal: signalOf(rest[0] ?? ''), words: rest.slice(1) };
  if (!first.startsWith('-')) return { signal: SIGNALS.TERM, words: args };
  return { signal: signalOf(first.replace(/^--signal=|^-/, '')), words: rest };
}

function signalOf(word: string): number | undefined {
  const name = word.toUpperCase().replace(/^SIG/, '');
  const number = Object.hasOwn(SIGNALS, name) ? SIGNALS[name] : /^\d{1,2}$/.test(name) ? Number(name) : undefined;
  return number !== undefined && Object.values(SIGNALS).includes(number) ? number : undefined;
}

/** False where there is no such process. What belongs to the system itself takes no signal. */
function sent({ node }: CommandIo, pid: number, signal: number): boolean {
  const { service } = node;
  if (service.state !== 'running' || pid !== service.pid) return pid === 1 || pid === 612 || pid === 701;
  if (signal === SIGNALS.HUP) service.hangUp();
  else if (signal === SIGNALS.KILL) service.kill();
  else if (signal !== SIGNALS.USR1) service.stop();
  return true;
}
