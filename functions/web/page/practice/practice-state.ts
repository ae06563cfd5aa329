import { batch, effect, untracked } from '@preact/signals';
import { vocabulary } from '../editor/vocabulary.ts';
import { beginWith } from '../playground/begin.ts';
import { judge } from '../playground/session.ts';
import { go } from '../shell/route.ts';
import { forgetGrade, grade } from './checking.ts';
import { exam, isExamShown, keepExamWork } from './exam-state.ts';
import { keepProgress, progressOf } from './kept-progress.ts';
import { closeNode, node, openNode, toldFiles } from './node.ts';
import { beginTask, files, open, written, type OpenTask } from './open-task.ts';
import { fetchTask, tasks } from './task-fetch.ts';
import { attempt } from './trouble.ts';
import type { Written } from './written-files.ts';

/** The address of the exam; a place behind it is one of its tasks. */
const EXAM_ADDRESS = /^exam\/(\d{1,3})$/;

/** Begins with what the address names, or goes on with the task that was open. */
export async function beginHere(): Promise<void> {
  const task = open.peek();
  if (location.hash !== '' || task === undefined) await followAddress();
  else history.replaceState(null, '', `#${task.address}`);
}

/** Shows what the address names: a task, `#GROUP/SLUG`; the exam, `#exam`; a task of it, `#exam/1`; else the list. */
export async function followAddress(): Promise<void> {
  const address = location.hash.slice(1);
  keepNode();
  if (open.peek()?.address === address) return;
  const place = Number(EXAM_ADDRESS.exec(address)?.[1] ?? 0) - 1;
  const sat = exam.peek();
  const set = sat?.endedAt === undefined ? sat?.tasks[place] : undefined;
  if (set !== undefined) await openExamTask(set, place);
  else if (tasks.value?.some((task) => task.id === address) === true) {
    await openTask(address, progressOf(address)?.seed ?? '1');
  } else {
    batch(() => {
      open.value = undefined;
      isExamShown.value = sat !== undefined && address.startsWith('exam');
    });
  }
}

/** Opens a task, with what was written on it before where the seed is the same. */
export async function openTask(id: string, seed: string): Promise<void> {
  const before = progressOf(id);
  await opened(id, seed, id, undefined, before?.seed === seed ? before.files : []);
}

async function openExamTask(id: string, place: number): Promise<void> {
  const { seed = '1', files: kept } = exam.peek() ?? {};
  await opened(id, seed, `exam/${place + 1}`, place, kept?.[id] ?? []);
}

async function opened(
  id: string,
  seed: string,
  address: string,
  examPlace: number | undefined,
  before: Written,
): Promise<void> {
  await attempt(async () => {
    const choice = await fetchTask(id, seed);
    const task = await judge.ask('practice', choice);
    if (task === undefined) return;
    const now: OpenTask = { ...task, choice, address, examPlace };
    closeNode();
    batch(() => {
      beginTask(now, before);
      forgetGrade();
    });
    if (task.hasNode) await openNode(now, before);
    vocabulary.value ??= await judge.ask('describe', undefined);
  });
}

/** Practises a task of an exam, with the names and numbers that it had there. */
export async function practise(id: string, seed: string): Promise<void> {
  await openTask(id, seed);
  if (open.value?.address === id) location.hash = id;
}

/** The task once more as it was at the start. */
export function resetTask(): void {
  const task = open.value;
  if (task === undefined) return;
  closeNode();
  batch(() => {
    beginTask(task, []);
    forgetGrade();
  });
  note(task);
  if (task.hasNode) void attempt(() => openNode(task, []));
}

/** Remembers how far somebody is, where the task has a node: much happens there by itself. */
export function keepNode(): void {
  const task = open.peek();
  if (task !== undefined && node.peek() !== undefined) note(task);
}

/** The same task with other names and numbers. */
export async function nextVariant(): Promise<void> {
  const task = open.value;
  if (task === undefined) return;
  const { seed } = task.choice;
  await openTask(task.sheet.id, /^\d{1,9}$/.test(seed) ? String(Number(seed) + 1) : '2');
  if (open.value !== undefined) note(open.value);
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

/** Remembers how far somebody is whenever something is written, and when a task is passed. */
export function keepWork(): () => void {
  let [before, graded] = [files.peek(), grade.peek()];
  let of = open.peek();
  return effect(() => {
    const [now, came, task] = [files.value, grade.value, open.value];
    const isSame = of === task && (now !== before || came !== graded);
    [before, graded, of] = [now, came, task];
    if (task !== undefined && isSame) untracked(() => note(task));
  });
}

function note({ sheet: { id }, choice: { seed }, examPlace }: OpenTask): void {
  if (examPlace !== undefined) return keepExamWork(id, written(toldFiles()));
  const before = progressOf(id);
  const { passed = false, score = 0 } = grade.peek() ?? {};
  keepProgress({
    id,
    seed,
    isDone: (before?.isDone ?? false) || passed,
    best: Math.max(before?.best ?? 0, score),
    files: written(toldFiles()),
  });
}
