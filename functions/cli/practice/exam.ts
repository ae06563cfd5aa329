import { join } from 'node:path';
import { MAX_EXAM_TASKS } from '../../../engine/model/limits.ts';
import {
  composeExam,
  examOf,
  examResult,
  type Exam,
  type ExamPart,
  type ExamResult,
} from '../../../engine/practice/exam.ts';
import { taskSummary } from '../../../engine/practice/task-sheet.ts';
import { EXIT, UnreadableError, type Given, type Terminal } from '../command.ts';
import { numberOf } from '../number-flag.ts';
import { paintFor, type Paint } from '../paint.ts';
import { readSource } from '../rule-files.ts';
import { EXAM_NOTE, filesOnDesk } from './desk.ts';
import { summariesOf } from './list.ts';
import { openRange, openTask } from './range.ts';
import { put, requireEmpty, seedOf, slugOf, writeDesk } from './start.ts';

const USUAL_TASKS = 6;
const MINUTE_MS = 60_000;

/** What the folder of an exam says of it. */
interface Note {
  readonly seed: string;
  readonly tasks: readonly string[];
  /** RFC 3339. */
  readonly started: string;
}

/** `creance practice exam`: several tasks in one folder, with a time. */
export async function startExam(given: Given, terminal: Terminal): Promise<number> {
  const seed = seedOf(given);
  const count = numberOf(given, 'tasks', USUAL_TASKS, 1, MAX_EXAM_TASKS);
  const folder = given.flag('directory') ?? `exam-${seed}`;
  requireEmpty(folder);
  const range = openRange();
  const exam = composeExam(summariesOf(range, range.ids(), seed, terminal), seed, count);
  for (const [index, { id }] of exam.tasks.entries()) {
    const task = openTask(range, id, seed, terminal);
    if (task === undefined) return EXIT.NO;
    await writeDesk(range, task, join(folder, placeOf(index, id)));
  }
  const note: Note = { seed, tasks: exam.tasks.map(({ id }) => id), started: new Date().toISOString() };
  put(join(folder, EXAM_NOTE), `${JSON.stringify(note)}\n`);
  if (given.has('json')) await terminal.write(`${JSON.stringify({ folder, ...exam }, undefined, 2)}\n`);
  else await terminal.write(begunText(folder, exam));
  return EXIT.YES;
}

function placeOf(index: number, id: string): string {
  return `${String(index + 1).padStart(2, '0')}-${slugOf({ id })}`;
}

function begunText(folder: string, { tasks, minutes, passing }: Exam): string {
  const total = tasks.reduce((sum, { weight }) => sum + weight, 0);
  return [
    `${tasks.length} tasks, ${minutes} minutes, passed with ${passing} of 100; the time runs`,
    '',
    ...tasks.map(({ id, title, weight }, i) => {
      const share = `${Math.round((100 * weight) / total)} %`.padStart(5);
      return `  ${share}  ${join(folder, placeOf(i, id), 'README.md')}  ${title}`;
    }),
    '',
    `  creance practice check -C ${folder}   grades all of them`,
    '',
  ].join('\n');
}

/** `creance practice check` in the folder of an exam. */
export async function checkExam(folder: string, given: Given, terminal: Terminal): Promise<number> {
  const { seed, tasks: ids, started } = noteOf(folder);
  const range = openRange();
  const tasks = ids.map((id) => openTask(range, id, seed, terminal));
  const grades: { begun: boolean; grade: ExamPart['grade'] }[] = [];
  for (const [index, task] of tasks.entries()) {
    if (task === undefined) return EXIT.NO;
    const desk = { folder: join(folder, placeOf(index, task.id)), range, task };
    grades.push(await range.gradePart(task, filesOnDesk(desk)));
  }
  const exam = examOf(
    seed,
    tasks.flatMap((task) => (task === undefined ? [] : [taskSummary(task)])),
  );
  const result = examResult(exam, grades);
  const used = Math.max(0, Math.ceil((Date.now() - Date.parse(started)) / MINUTE_MS));
  const inTime = used <= exam.minutes;
  if (given.has('json')) await terminal.write(`${JSON.stringify({ ...result, used, inTime }, undefined, 2)}\n`);
  else await terminal.write(resultText(folder, result, used, paintFor(terminal.color)));
  return result.passed && inTime ? EXIT.YES : EXIT.NO;
}

function noteOf(folder: string): Note {
  const path = join(folder, EXAM_NOTE);
  const note = readSource(path).text;
  try {
    const { seed, tasks, started } = JSON.parse(note) as Partial<Note>;
    const isWhole = typeof seed === 'string' && Array.isArray(tasks) && !Number.isNaN(Date.parse(started ?? ''));
    if (isWhole && tasks.every((id) => typeof id === 'string')) return { seed, tasks, started: started as string };
  } catch {
    // Said below.
  }
  throw new UnreadableError(`${path}: is not the note of an exam`);
}

function resultText(folder: string, result: ExamResult, used: number, paint: Paint): string {
  const { parts, percent, passing, passed, minutes } = result;
  const late = used - minutes;
  const isPassed = passed && late <= 0;
  const time = late > 0 ? `${late} minutes after the time` : `${used} of ${minutes} minutes`;
  const score = `${percent} of 100, ${passing} are needed; ${time}`;
  return [
    ...parts.flatMap((part, i) => partText(part, placeOf(i, part.task), paint)),
    '',
    isPassed ? paint('green', `passed: ${score}`) : paint('red', `not passed: ${score}`),
    `  creance practice check -C ${join(folder, placeOf(0, parts[0]?.task ?? ''))}   tells of one task why`,
    '',
  ].join('\n');
}

function partText({ title, begun, grade, percent, of }: ExamPart, place: string, paint: Paint): string[] {
  const share = `${percent}/${of}`.padStart(11);
  const missed = grade.checks.filter(({ isMet, bonus }) => !isMet && !bonus);
  const isFull = begun && missed.length === 0;
  return [
    `${paint(isFull ? 'green' : 'red', share)}  ${place}  ${title}`,
    ...(begun
      ? missed.map(({ about, of: points }) => `${' '.repeat(13)}no 0/${points}  ${about}`)
      : [`${' '.repeat(13)}not begun`]),
  ];
}
