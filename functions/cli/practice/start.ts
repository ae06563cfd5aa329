import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Task } from '../../../engine/practice/task.ts';
import { taskSheet } from '../../../engine/practice/task-sheet.ts';
import type { PracticeRange } from '../../../engine/practise.ts';
import { EXIT, UnreadableError, UsageError, type Given, type Terminal } from '../command.ts';
import { attempt } from '../file-error.ts';
import { kindOf } from '../verify/disk-files.ts';
import { NOTE, TRACES } from './desk.ts';
import { openRange, openTask } from './range.ts';
import { readmeOf } from './readme.ts';

/** Longest seed; it stands in notes and addresses. */
const SEED = /^[\w.-]{1,64}$/;

/** `creance practice start TASK`: the files of the machine, recordings, and what is asked, below a new folder. */
export async function startTask(name: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (name === undefined) throw new UsageError('start TASK: which task? creance practice list shows them');
  const range = openRange();
  const task = openTask(range, name, seedOf(given), terminal);
  if (task === undefined) return EXIT.NO;
  const folder = given.flag('directory') ?? slugOf(task);
  requireEmpty(folder);
  await writeDesk(range, task, folder);
  if (given.has('json')) await terminal.write(`${JSON.stringify({ folder, ...taskSheet(task) }, undefined, 2)}\n`);
  else await terminal.write(begun(folder, task));
  return EXIT.YES;
}

/** The seed that a command line names; `1` unless it does. */
export function seedOf(given: Given): string {
  const seed = given.flag('seed') ?? '1';
  if (!SEED.test(seed)) throw new UsageError('--seed is a word of letters, digits, dots and hyphens, 64 at most');
  return seed;
}

/** The name of a task within its group. */
export function slugOf({ id }: { readonly id: string }): string {
  return id.slice(id.indexOf('/') + 1);
}

/** Refuses a folder in which something is. */
export function requireEmpty(folder: string): void {
  if (kindOf(folder) === 'folder' && attempt(folder, () => readdirSync(folder)).length > 0) {
    throw new UnreadableError(`${folder}: is not empty, and nothing is written over; name another folder with -C`);
  }
}

/** Writes all that somebody works with on a task. */
export async function writeDesk(range: PracticeRange, task: Task, folder: string): Promise<void> {
  const files = new Map<string, string | Uint8Array>(task.files);
  for (const trace of task.traces.filter(({ visible }) => visible)) {
    const { chunks } = await range.record(task, trace, 'scap');
    files.set(`${TRACES}/${trace.name}.scap`, Buffer.concat(chunks));
  }
  files.set('README.md', readmeOf(task, taskSheet(task)));
  files.set(NOTE, `${JSON.stringify({ task: task.id, seed: task.seed })}\n`);
  for (const [path, content] of files) put(join(folder, path), content);
}

function begun(folder: string, { title, minutes, node }: Task): string {
  const inFolder = `-C ${folder}`;
  const place = node === undefined ? 'work on the files beside it' : 'work on the node';
  return [
    `${title}`,
    '',
    `  read ${join(folder, 'README.md')}, and ${place}; ${minutes} minutes are enough for somebody who knows`,
    '',
    ...(node === undefined ? [] : [`  creance practice node ${inFolder}      opens a terminal on it`]),
    `  creance practice check ${inFolder}     grades what stands there, as often as you like`,
    `  creance practice hint ${inFolder}      a nudge`,
    '',
  ].join('\n');
}

/** Writes a file, with the folders that it needs. */
export function put(path: string, content: string | Uint8Array): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  });
}
