import { join } from 'node:path';
import type { NodeSession } from '../../../engine/practice/node/session.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { numberOf } from '../number-flag.ts';
import { kindOf } from '../verify/disk-files.ts';
import { filesOnDesk, NOTE, openDesk, type Desk } from './desk.ts';
import { NodeDesk } from './node-desk.ts';
import { slugOf, startTask } from './start.ts';
import { openRange, openTask } from './range.ts';

/** Fastest that time may pass. */
const MAX_SPEED = 1_000;

/** `creance practice node [TASK]`: the shell of a task's emulated node, over the task's folder. */
export async function enterNode(name: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  const speed = numberOf(given, 'speed', 1, 1, MAX_SPEED);
  const desk = await deskOf(name, given, terminal);
  if (typeof desk === 'number') return desk;
  const files = filesOnDesk(desk);
  const session = desk.range.node(desk.task, files);
  if (session === undefined) {
    throw new UsageError(`${desk.task.id} needs no node: work on its files, as its README.md says`);
  }
  const kept = new NodeDesk(desk, session, files);
  if ((terminal.stdin as Partial<NodeJS.ReadStream>).isTTY === true && !given.has('json')) {
    const { nodeTerminal } = await import('./node-terminal.ts');
    return nodeTerminal(session, kept, speed, terminal);
  }
  return runScript(session, kept, given.has('json'), terminal);
}

/** The folder of the task; one that is not there yet is made first. */
async function deskOf(name: string | undefined, given: Given, terminal: Terminal): Promise<Desk | number> {
  let folder = given.flag('directory') ?? '.';
  if (name !== undefined) {
    const task = openTask(openRange(), name, '1', terminal);
    if (task === undefined) return EXIT.NO;
    if (task.node === undefined)
      throw new UsageError(`${task.id} needs no node: creance practice start ${slugOf(task)}`);
    folder = given.flag('directory') ?? slugOf(task);
    if (kindOf(join(folder, NOTE)) !== 'file') {
      const code = await startTask(name, given, { ...terminal, write: async (text) => terminal.note(String(text)) });
      if (code !== EXIT.YES) return code;
    }
  }
  return openDesk(folder, terminal) ?? EXIT.UNREADABLE;
}

/** Lines from the standard input, each to its end, in the time of the node: nothing waits. */
async function runScript(session: NodeSession, desk: NodeDesk, isJson: boolean, terminal: Terminal): Promise<number> {
  let last = 0;
  let open = '';
  for await (const line of linesOf(terminal.stdin)) {
    const whole = open === '' ? line : `${open}\n${line}`;
    open = session.isOpen(whole) ? whole : '';
    if (open !== '' || whole.trim() === '') continue;
    if (/^\s*(?:exit|logout)\s*$/.test(whole)) break;
    const { output, code, edit } = session.runToEnd(whole);
    const text =
      edit === undefined ? output : `${output}edit: no editor in a script; use sed -i, or cat > ${edit.path} <<EOF\n`;
    last = edit === undefined ? (code ?? last) : 1;
    if (!isJson) await terminal.write(text);
    else await terminal.write(`${JSON.stringify({ line: whole, output: text, code: last, clock: session.clock })}\n`);
  }
  desk.keep();
  if (open !== '') {
    terminal.note(`creance: the last line is not whole: ${open.split('\n')[0]}\n`);
    return EXIT.NO;
  }
  return last === 0 ? EXIT.YES : EXIT.NO;
}

async function* linesOf(stdin: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
