import { batch, signal } from '@preact/signals';
import { MAX_PRACTICE_FILES } from '../../../../engine/model/limits.ts';
import type { Grade } from '../../../../engine/practice/grade.ts';
import { SHIPPED_PATH } from '../../../../engine/practice/task.ts';
import type { TaskSummary } from '../../../../engine/practice/task-sheet.ts';
import { vocabulary } from '../editor/vocabulary.ts';
import type { PracticeTask, TaskChoice } from '../judge/practice.ts';
import type { RuleFile } from '../judge/protocol.ts';
import { beginWith } from '../playground/begin.ts';
import { judge } from '../playground/session.ts';
import { go } from '../shell/route.ts';
import { keepProgress, progressOf } from './kept-progress.ts';

/** Characters of a path. */
const MOST_PATH = 200;

/** A task that is open. */
interface OpenTask extends PracticeTask {
  readonly choice: TaskChoice;
}

/** All tasks; undefined until they were fetched. */
export const tasks = signal<readonly TaskSummary[] | undefined>(undefined);
/** The task that is worked on; undefined while the list is shown. */
export const open = signal<OpenTask | undefined>(undefined);
/** The task's files as they are now. */
export const files = signal<readonly RuleFile[]>([]);
/** Path of the file that is shown. */
export const shownPath = signal('');
/** Counts beginnings: an editor of one beginning knows nothing of those before. */
export const beginning = signal(0);
/** What became of the last check. */
export const grade = signal<Grade | undefined>(undefined);
/** The files were edited after that. */
export const isOlder = signal(false);
/** It is being graded. */
export const isGrading = signal(false);
/** How many hints were asked for. */
export const hintsShown = signal(0);
/** How often the solution was asked for before the task was passed. */
export const solutionAsked = signal(0);
/** What went wrong, for people. */
export const practiceTrouble = signal<string | undefined>(undefined);

/** Fetches the list of tasks. */
export async function loadTasks(): Promise<void> {
  await attempt(async () => {
    tasks.value ??= await json<readonly TaskSummary[]>('index');
  });
  tasks.value ??= [];
}

/** Begins with what the address names, or goes on with the task that was open. */
export async function beginHere(): Promise<void> {
  const task = open.peek();
  if (location.hash !== '' || task === undefined) await followAddress();
  else history.replaceState(null, '', `#${task.sheet.id}`);
}

/** Shows what the address names: a task, `#GROUP/SLUG`, or the list. */
export async function followAddress(): Promise<void> {
  const id = location.hash.slice(1);
  if (open.peek()?.sheet.id === id) return;
  if (tasks.value?.some((task) => task.id === id) === true) await openTask(id, progressOf(id)?.seed ?? '1');
  else open.value = undefined;
}

/** Opens a task, with what was written on it before where the seed is the same. */
export async function openTask(id: string, seed: string): Promise<void> {
  await attempt(async () => {
    const parts = (await Promise.all([json<readonly RuleFile[]>(id), json<readonly RuleFile[]>('rules')])).flat();
    const choice = { id, seed, parts };
    const task = await judge.ask('practice', choice);
    if (task === undefined) return;
    const before = progressOf(id);
    const written = before?.seed === seed ? before.files : [];
    begin({ ...task, choice }, written);
    vocabulary.value ??= await judge.ask('describe', undefined);
  });
}

/** The task once more as it was at the start. */
export function resetTask(): void {
  const task = open.value;
  if (task === undefined) return;
  begin(task, []);
  note();
}

/** The same task with other names and numbers. */
export async function nextVariant(): Promise<void> {
  const task = open.value;
  if (task === undefined) return;
  const { seed } = task.choice;
  await openTask(task.sheet.id, /^\d{1,9}$/.test(seed) ? String(Number(seed) + 1) : '2');
  note();
}

function begin(task: OpenTask, written: readonly (readonly [path: string, text: string])[]): void {
  const now = new Map([...Object.entries(task.sheet.files), ...written]);
  batch(() => {
    open.value = task;
    files.value = [...now].map(([name, text]) => ({ name, text }));
    shownPath.value = firstPath([...now.keys()], task.sheet.instructions);
    beginning.value++;
    grade.value = undefined;
    isOlder.value = false;
    hintsShown.value = 0;
    solutionAsked.value = 0;
  });
}

/** Takes the new text of a file. */
export function editFile(path: string, text: string): void {
  if (files.peek().some((file) => file.name === path && file.text === text)) return;
  files.value = files.peek().map((file) => (file.name === path ? { name: path, text } : file));
  isOlder.value = true;
  note();
}

/** Adds an empty file, or finds the one there is, and shows it; false for what is no path of a file. */
export function newFile(path: string): boolean {
  if (path.length > MOST_PATH || !/^(\/[\w.@+-]+)+$/.test(path)) return false;
  const isThere = files.value.some(({ name }) => name === path);
  if (!isThere && files.value.length >= MAX_PRACTICE_FILES) return false;
  if (!isThere) files.value = [...files.value, { name: path, text: '' }];
  shownPath.value = path;
  note();
  return true;
}

/** A path for a new rule file, numbered behind those there are. */
export function freePath(): string {
  const taken = new Set(files.value.map(({ name }) => name));
  let number = 10;
  while (taken.has(pathOf(number))) number += 10;
  return pathOf(number);
}

/** Grades what is written. */
export async function check(): Promise<void> {
  const task = open.value;
  if (task === undefined) return;
  isGrading.value = true;
  await attempt(async () => {
    const given = files.value;
    const came = await judge.ask('grade', { task: task.choice, files: given });
    if (came === undefined || open.value !== task) return;
    grade.value = came;
    isOlder.value = files.value !== given;
    note();
  });
  isGrading.value = false;
}

/** Opens a trace of the task in the playground. */
export async function lookAt(trace: string): Promise<void> {
  const task = open.value;
  if (task === undefined) return;
  await attempt(async () => {
    const bytes = await judge.ask('record', { task: task.choice, trace });
    if (bytes === undefined) return;
    const name = `${task.sheet.id.slice(task.sheet.id.indexOf('/') + 1)}-${trace}.scap`;
    go('/');
    await beginWith({ kind: 'bytes', name, bytes });
  });
}

/** Remembers how far it is. */
function note(): void {
  const task = open.peek();
  if (task === undefined) return;
  const { id, files: first } = task.sheet;
  const before = progressOf(id);
  const changed = files.peek().filter(({ name, text }) => first[name] !== text);
  keepProgress({
    id,
    seed: task.choice.seed,
    isDone: (before?.isDone ?? false) || (grade.peek()?.passed ?? false),
    best: Math.max(before?.best ?? 0, grade.peek()?.score ?? 0),
    files: changed.map(({ name, text }) => [name, text] as const),
  });
}

/** The file to begin with: the first that the task speaks of, else one that can be edited. */
function firstPath(paths: readonly string[], instructions: string): string {
  const editable = paths.filter((path) => path !== SHIPPED_PATH);
  const spoken = editable.filter((path) => instructions.includes(`\`${path}\``));
  const local = editable.find((path) => path.endsWith('local.yaml'));
  return spoken.toSorted((a, b) => instructions.indexOf(a) - instructions.indexOf(b))[0] ?? local ?? editable[0] ?? '';
}

function pathOf(number: number): string {
  return `/etc/falco/rules.d/${number}-rules.yaml`;
}

async function json<T>(name: string): Promise<T> {
  const answer = await fetch(`/tasks/${name}.json`);
  if (!answer.ok) throw new Error(`/tasks/${name}.json is not there (${answer.status})`);
  return (await answer.json()) as T;
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    practiceTrouble.value = undefined;
  } catch (error) {
    practiceTrouble.value = (error as Error).message;
  }
}
