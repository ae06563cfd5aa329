import type { Emulated } from '../emulated.ts';
import { entryLine, type JournalEntry } from '../journal.ts';
import { complain, type CommandIo, type NodeCommand, type Running } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';
import { compilePattern } from '../pattern.ts';

const FLAGS = [
  'f',
  'follow',
  'r',
  'reverse',
  'no-pager',
  'e',
  'x',
  'a',
  'q',
  'b',
  'no-hostname',
  'k',
  'pager-end',
  'l',
];
const VALUED = ['u', 'unit', 'n', 'lines', 't', 'identifier', 'o', 'output', 'g', 'grep', 'S', 'since', 'U', 'until'];
const NANOSECONDS: Readonly<Record<string, bigint>> = { s: 1n, m: 60n, h: 3_600n, d: 86_400n };

/** `journalctl` */
export const JOURNALCTL: NodeCommand = {
  name: 'journalctl',
  usage: '[-u falco] [-n N] [-f] [-r] [-g PATTERN] [--since "5 min ago"] [-o cat]',
  about: 'what services said; with -f also what they say from now on, until Ctrl-C',
  run(io) {
    // `-xeu falco` is what fingers know.
    const options = readOptions(io.args, FLAGS, VALUED);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const unit = options.value('u', 'unit')?.replace(/\.service$/, '');
    const program = options.value('t', 'identifier');
    const pattern = options.value('g', 'grep');
    const search =
      pattern === undefined ? undefined : compilePattern(pattern, 'extended', pattern === pattern.toLowerCase());
    if (pattern !== undefined && search === undefined) return complain(io, `invalid pattern: ${pattern}`);
    const [since, until] = [timeOf(options.value('S', 'since'), io.node), timeOf(options.value('U', 'until'), io.node)];
    if (since === 'bad' || until === 'bad')
      return complain(io, 'that time is none; write for instance --since "10 min ago" or "09:15:00"');
    const isWanted = (one: JournalEntry): boolean =>
      (unit === undefined || one.unit === unit || unit === 'falco-modern-bpf') &&
      (program === undefined || one.program === program) &&
      (since === undefined || one.time >= since) &&
      (until === undefined || one.time <= until) &&
      (search === undefined || search(one.text, 1).length > 0);
    const isBare = options.value('o', 'output') === 'cat';
    const line = (one: JournalEntry): string => (isBare ? `${one.text}\n` : `${entryLine(one, io.node.hostname)}\n`);
    const follows = options.has('f', 'follow');
    const found = io.node.journal.entries().filter(isWanted);
    const most = Number(options.value('n', 'lines') ?? (follows ? 10 : Infinity));
    const last = most === 0 ? [] : found.slice(Number.isFinite(most) ? -most : 0);
    if (last.length === 0 && !follows) io.output.write('-- No entries --\n');
    io.output.write((options.has('r', 'reverse') ? last.toReversed() : last).map(line).join(''));
    return follows ? follow(io, isWanted, line) : 0;
  },
  complete: (words) => (words.at(-2) === '-u' ? ['falco'] : ['-u', '-f', '-n', '--since', '--no-pager']),
};

function* follow(
  io: CommandIo,
  isWanted: (one: JournalEntry) => boolean,
  line: (one: JournalEntry) => string,
): Running {
  const { journal } = io.node;
  for (let next = journal.end; !io.output.isBroken; next = journal.end) {
    yield 'interrupt';
    io.output.write(journal.from(next).filter(isWanted).map(line).join(''));
  }
  return 0;
}

/** `10 min ago`, `-5m`, `09:15:00`, `2026-03-02 09:15:00`, `now`, `today`. */
function timeOf(written: string | undefined, { now }: Emulated): bigint | undefined | 'bad' {
  if (written === undefined) return undefined;
  const text = written.trim();
  const today = new Date(Number(now / 1_000_000n)).toISOString().slice(0, 10);
  if (text === 'now') return now;
  const ago = /^-?(\d{1,6}) ?(s|m|h|d)[a-z]*(?: ago)?$/.exec(text);
  if (ago !== null) return now - BigInt(ago[1] as string) * (NANOSECONDS[ago[2] as string] as bigint) * 1_000_000_000n;
  const whole = text === 'today' ? `${today} 00:00:00` : /^\d\d:\d\d/.test(text) ? `${today} ${text}` : text;
  const parts = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?)?$/.exec(whole);
  const at = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2] ?? '00:00'}${parts[3] ?? ':00'}Z`);
  return Number.isNaN(at) ? 'bad' : BigInt(at) * 1_000_000n;
}
