import { batch, signal } from '@preact/signals';
import { MAX_PRACTICE_FILES } from '../../../../engine/model/limits.ts';
import { SHIPPED_PATH } from '../../../../engine/practice/task.ts';
import type { PracticeTask, TaskChoice } from '../judge/practice.ts';
import type { RuleFile } from '../judge/protocol.ts';
import { filesWith, isOfNode, writtenIn, type Written } from './written-files.ts';

/** Characters of a path. */
const MOST_PATH = 200;

/** A task that is open. */
export interface OpenTask extends PracticeTask {
  readonly choice: TaskChoice;
  /** What stands behind the `#` of its address. */
  readonly address: string;
  /** Its place in the exam that is sat; undefined for one that is practised. */
  readonly examPlace: number | undefined;
}

/** The task that is worked on; undefined while a list is shown. */
export const open = signal<OpenTask | undefined>(undefined);
/** The task's files as they are now. */
export const files = signal<readonly RuleFile[]>([]);
/** Path of the file that is shown. */
export const shownPath = signal('');
/** Counts beginnings: an editor of one beginning knows nothing of those before. */
export const beginning = signal(0);

/** Begins to work on a task, with what was written on it before. */
export function beginTask(task: OpenTask, written: Written): void {
  const all = [...filesWith(task.sheet.files, written)];
  const now = task.hasNode ? all.filter(([path]) => !isOfNode(path)) : all;
  batch(() => {
    open.value = task;
    files.value = now.map(([name, text]) => ({ name, text }));
    shownPath.value = firstPath(
      now.map(([path]) => path),
      task.sheet.instructions,
    );
    beginning.value++;
  });
}

/**
 * What was written so far.
 *
 * @param below other files than those in the editor
 */
export function written(below: ReadonlyMap<string, string> = new Map()): Written {
  const all = new Map([...below, ...files.peek().map(({ name, text }) => [name, text] as const)]);
  return writtenIn(all, open.peek()?.sheet.files ?? {});
}

/** Takes the new text of a file. */
export function editFile(path: string, text: string): void {
  if (files.peek().some((file) => file.name === path && file.text === text)) return;
  files.value = files.peek().map((file) => (file.name === path ? { name: path, text } : file));
}

/** Adds an empty file, or finds the one there is, and shows it; false for what is no path of a file. */
export function newFile(path: string): boolean {
  if (path.length > MOST_PATH || !/^(\/[\w.@+-]+)+$/.test(path)) return false;
  const isThere = files.value.some(({ name }) => name === path);
  if (!isThere && files.value.length >= MAX_PRACTICE_FILES) return false;
  if (!isThere) files.value = [...files.value, { name: path, text: '' }];
  shownPath.value = path;
  return true;
}

/** A path for a new rule file, numbered behind those there are. */
export function freePath(): string {
  const taken = new Set(files.value.map(({ name }) => name));
  let number = 10;
  while (taken.has(pathOf(number))) number += 10;
  return pathOf(number);
}

function pathOf(number: number): string {
  return `/etc/falco/rules.d/${number}-rules.yaml`;
}

/** The file to begin with: the first that the task speaks of, else one that can be edited. */
function firstPath(paths: readonly string[], instructions: string): string {
  const editable = paths.filter((path) => path !== SHIPPED_PATH);
  const spoken = editable.filter((path) => instructions.includes(`\`${path}\``));
  const local = editable.find((path) => path.endsWith('local.yaml'));
  return spoken.toSorted((a, b) => instructions.indexOf(a) - instructions.indexOf(b))[0] ?? local ?? editable[0] ?? '';
}
