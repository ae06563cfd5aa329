import { batch, computed, signal } from '@preact/signals';
import { composeExam, type ExamResult } from '../../../../engine/practice/exam.ts';
import { judge } from '../playground/session.ts';
import { keepExams, keptExams, type KeptExam } from './kept-exam.ts';
import { open } from './open-task.ts';
import { fetchTask, tasks } from './task-fetch.ts';
import { attempt } from './trouble.ts';
import type { Written } from './written-files.ts';

const MINUTE_MS = 60_000;
const kept = keptExams();

/** The exam that is sat, or was sat last. */
export const exam = signal(kept.latest);
/** Exams of before, the latest first. */
export const pastExams = signal(kept.past);
/** The exam is shown and not one of its tasks. */
export const isExamShown = signal(false);
/** What the exam came to; undefined until it was graded. */
export const result = signal<ExamResult | undefined>(undefined);
/** Tasks that were graded so far; undefined while none are. */
export const gradedTasks = signal<number | undefined>(undefined);

const now = signal(Date.now());
/** Seconds that are left of the exam; undefined while none is sat. */
export const secondsLeft = computed(() => {
  const sat = exam.value;
  if (sat === undefined || sat.endedAt !== undefined) return undefined;
  return Math.max(0, Math.ceil((endOf(sat) - now.value) / 1000));
});

/** Lets the time run; what is written when it is over is handed in. Gives what stops it. */
export function runClock(): () => void {
  const tick = (): void => {
    now.value = Date.now();
    if (secondsLeft.peek() === 0) handIn();
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}

/** Begins an exam. The same seed gives the same tasks. */
export function beginExam(seed: string, count: number): void {
  const { tasks: set, minutes } = composeExam(tasks.peek() ?? [], seed, count);
  if (set.length === 0) return;
  now.value = Date.now();
  result.value = undefined;
  take({ seed, tasks: set.map(({ id }) => id), minutes, startedAt: now.value, files: {} });
  location.hash = 'exam/1';
}

/** Remembers what was written on a task of the exam. */
export function keepExamWork(id: string, written: Written): void {
  const sat = exam.peek();
  if (sat?.endedAt === undefined && sat !== undefined) take({ ...sat, files: { ...sat.files, [id]: written } });
}

/** Ends the exam: what is written is what counts. */
export function handIn(): void {
  const sat = exam.peek();
  if (sat === undefined || sat.endedAt !== undefined) return;
  batch(() => {
    take({ ...sat, endedAt: Math.min(Date.now(), endOf(sat)) });
    open.value = undefined;
    isExamShown.value = true;
  });
  history.replaceState(null, '', '#exam');
}

/** Grades the exam that ended, where it was not graded yet. */
export async function gradeHandedIn(): Promise<void> {
  const sat = exam.peek();
  if (sat?.endedAt === undefined || result.peek() !== undefined || gradedTasks.peek() !== undefined) return;
  gradedTasks.value = 0;
  await attempt(async () => {
    const parts = await Promise.all(
      sat.tasks.map(async (id) => ({
        task: await fetchTask(id, sat.seed),
        files: (sat.files[id] ?? []).flatMap(([name, text]) => (text === null ? [] : [{ name, text }])),
        gone: (sat.files[id] ?? []).flatMap(([name, text]) => (text === null ? [name] : [])),
      })),
    );
    const came = await judge.ask('exam', { seed: sat.seed, parts }, (done) => (gradedTasks.value = done));
    if (came === undefined || exam.peek() !== sat) return;
    result.value = came;
    remember(sat, came);
  });
  gradedTasks.value = undefined;
}

/** Milliseconds that an exam took. */
export function usedMs({ startedAt, endedAt = startedAt }: KeptExam): number {
  return Math.max(0, endedAt - startedAt);
}

function remember(sat: KeptExam, { percent, passed }: ExamResult): void {
  const { seed, startedAt } = sat;
  const past = { seed, tasks: sat.tasks.length, startedAt, usedMs: usedMs(sat), percent, passed };
  pastExams.value = [past, ...pastExams.peek().filter((one) => one.startedAt !== startedAt)];
  keepExams({ latest: sat, past: pastExams.peek() });
}

function take(latest: KeptExam): void {
  exam.value = latest;
  keepExams({ latest, past: pastExams.peek() });
}

function endOf({ startedAt, minutes }: KeptExam): number {
  return startedAt + minutes * MINUTE_MS;
}
