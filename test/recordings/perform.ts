import { spawn } from 'node:child_process';
import type { Step } from './drive.ts';
import { ADDRESS, type Machine } from './machine.ts';

/** How fast somebody types, between lines. */
const TYPING_MS = 250;
const MAX_SECONDS = 20;

/** Does one step. Answers with what became of it, for whoever watches. */
export async function perform(machine: Machine, step: Step): Promise<string> {
  switch (step.kind) {
    case 'container starts':
      await machine.startContainer();
      return 'started';
    case 'nginx runs':
      return machine.visit('/hole', { 'X-Command': step.text.trim() });
    case 'visitor asks':
      return machine.visit(step.text);
    case 'exec':
      return String(await machine.exec(...step.words));
    case 'terminal types':
      return overSsh(machine, step.text, ['-tt', 'runc', 'exec', '-t', machine.names.id, 'bash']);
    case 'ssh':
      return overSsh(machine, '', ['-T', step.text]);
    case 'ssh types':
      return overSsh(machine, step.text, ['-tt']);
  }
}

/** What an operator does on the machine: runs a command there, or types into a terminal. */
function overSsh(machine: Machine, typed: string, [tty = '-T', ...command]: string[]): Promise<string> {
  const options = ['-q', '-o', 'StrictHostKeyChecking=no', '-i', '/root/.ssh/id_ed25519', tty];
  const words = machine.worldly('ssh', ...options, `root@${ADDRESS.MACHINE}`, ...command);
  const child = spawn('nsenter', words, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], TERM: 'dumb' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stdin.on('error', () => {});
  void type(typed === '' ? [] : [...typed.trim().split('\n'), 'exit'], child.stdin);
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_SECONDS * 1000);
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(`${code}: ${said.trim()}`);
    }),
  );
}

async function type(lines: readonly string[], stream: NodeJS.WritableStream): Promise<void> {
  if (lines.length > 0) await pause(TYPING_MS * 4);
  for (const line of lines) {
    stream.write(`${line}\n`);
    await pause(TYPING_MS);
  }
  if (lines.length === 0) stream.end();
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
