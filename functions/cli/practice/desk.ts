import { join, relative } from 'node:path';
import type { Task } from '../../../engine/practice/task.ts';
import type { PracticeRange } from '../../../engine/practise.ts';
import { UnreadableError, type Terminal } from '../command.ts';
import { readSource } from '../rule-files.ts';
import { filesBelow, kindOf } from '../verify/disk-files.ts';
import { openRange, openTask } from './range.ts';

/** The file that says which task a folder holds. */
export const NOTE = 'practice.json';
/** Where recordings lie; it is no folder of the machine. */
export const TRACES = 'traces';

/** The file that says which exam a folder holds. */
export const EXAM_NOTE = 'exam.json';

/** A folder in which somebody works on a task. */
export interface Desk {
  readonly folder: string;
  readonly range: PracticeRange;
  readonly task: Task;
}

/** The task of a folder that `start` made; undefined, and why is printed, where its task can't be read. */
export function openDesk(folder: string, terminal: Terminal): Desk | undefined {
  const path = join(folder, NOTE);
  if (kindOf(path) !== 'file') {
    throw new UnreadableError(
      `${folder === '.' ? 'this folder' : folder} holds no task: creance practice start TASK makes one, -C DIR names it`,
    );
  }
  const note = noteOf(readSource(path).text);
  if (note === undefined) throw new UnreadableError(`${path}: is not the note of a task`);
  const range = openRange();
  const task = openTask(range, note.task, note.seed, terminal);
  return task && { folder, range, task };
}

function noteOf(text: string): { readonly task: string; readonly seed: string } | undefined {
  try {
    const { task, seed } = JSON.parse(text) as Record<string, unknown>;
    return typeof task === 'string' && typeof seed === 'string' ? { task, seed } : undefined;
  } catch {
    return undefined;
  }
}

/** Files of the machine as they stand in the folder: what lies in its folders, but for recordings and hidden files. */
export function filesOnDesk({ folder, task }: Desk): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of filesBelow(folder)) {
    const inside = relative(folder, path).replaceAll('\\', '/');
    const isMachine = inside.includes('/') && !inside.startsWith(`${TRACES}/`) && !/(^|\/)\.|~$/.test(inside);
    if (isMachine || task.files.has(`/${inside}`)) files.set(`/${inside}`, readSource(path).text);
  }
  return files;
}
