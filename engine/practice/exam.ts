import { Chance } from './chance.ts';
import type { Grade } from './grade.ts';
import { GROUPS } from './task.ts';
import type { TaskSummary } from './task-sheet.ts';

/** Somebody who learns takes so many times as long as somebody who knows. */
const TIME_FACTOR = 1.5;
/** Minutes of an exam are a multiple of this. */
const MINUTE_STEP = 5;
/** Percent from which on an exam is passed. */
const PASSING = 66;

/** Several tasks to be done in one time. Plain data. */
export interface Exam {
  /** The seed of the exam and of each of its tasks. */
  readonly seed: string;
  /** In the order in which they are set. */
  readonly tasks: readonly TaskSummary[];
  readonly minutes: number;
  /** Percent that are needed. */
  readonly passing: number;
}

/** What one task of an exam came to. */
export interface ExamPart {
  readonly task: string;
  readonly title: string;
  readonly weight: number;
  /** Something was changed; what was not begun scores nothing. */
  readonly begun: boolean;
  readonly grade: Grade;
  /** Percent of the whole exam that it brought, and could have. */
  readonly percent: number;
  readonly of: number;
}

/** What an exam came to. Plain data. */
export interface ExamResult {
  readonly seed: string;
  readonly minutes: number;
  readonly passing: number;
  /** To a tenth. */
  readonly percent: number;
  readonly passed: boolean;
  readonly parts: readonly ExamPart[];
}

/** Chooses tasks by a seed, from each group in turn: the same seed and the same tasks give the same exam. */
export function composeExam(all: readonly TaskSummary[], seed: string, count: number): Exam {
  const chance = new Chance(seed, 'exam');
  const groups = GROUPS.map((group) => all.filter((task) => task.group === group)).filter((left) => left.length > 0);
  const tasks: TaskSummary[] = [];
  for (let turn = 0; tasks.length < count && groups.some((left) => left.length > 0); turn++) {
    const left = groups[turn % groups.length] as TaskSummary[];
    tasks.push(...left.splice(chance.below(left.length), 1));
  }
  return examOf(seed, tasks);
}

/** The exam of these tasks. */
export function examOf(seed: string, tasks: readonly TaskSummary[]): Exam {
  const minutes = tasks.reduce((sum, task) => sum + task.minutes, 0) * TIME_FACTOR;
  return { seed, tasks, minutes: Math.ceil(minutes / MINUTE_STEP) * MINUTE_STEP, passing: PASSING };
}

/**
 * What an exam came to: each task counts by its weight, and by the part of its points that were reached.
 *
 * @param grades one for each task, in order
 */
export function examResult(
  { seed, tasks, minutes, passing }: Exam,
  grades: readonly { readonly begun: boolean; readonly grade: Grade }[],
): ExamResult {
  const total = tasks.reduce((sum, { weight }) => sum + weight, 0);
  const share = (weight: number, reached: number): number => tenth((100 * weight * reached) / total);
  const reached = ({ begun, grade }: (typeof grades)[number]): number => (begun ? grade.score / grade.of : 0);
  const parts = grades.map((one, i): ExamPart => {
    const { id, title, weight } = tasks[i] as TaskSummary;
    return { task: id, title, weight, ...one, percent: share(weight, reached(one)), of: share(weight, 1) };
  });
  // Summed before it is rounded: three thirds are the whole.
  const sum = grades.reduce((whole, one, i) => whole + (tasks[i] as TaskSummary).weight * reached(one), 0);
  const percent = total === 0 ? 0 : tenth((100 * sum) / total);
  return { seed, minutes, passing, percent, passed: percent >= passing, parts };
}

function tenth(percent: number): number {
  return Math.round(percent * 10) / 10;
}
