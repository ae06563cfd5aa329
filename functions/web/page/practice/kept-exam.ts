import { MAX_EXAM_TASKS } from '../../../../engine/model/limits.ts';
import { isWritten, type Written } from './written-files.ts';

const KEY = 'creance-exam';
/** Characters that are kept; browsers refuse some millions. */
const MOST_CHARS = 1_000_000;
/** Exams of before that are told of. */
const MOST_PAST = 20;

/** An exam that is sat, or was. Times are milliseconds since the epoch. */
export interface KeptExam {
  readonly seed: string;
  /** Ids of its tasks, in the order in which they are set. */
  readonly tasks: readonly string[];
  readonly minutes: number;
  readonly startedAt: number;
  /** Undefined while it is sat. */
  readonly endedAt?: number | undefined;
  /** What was written on each task, by its id. */
  readonly files: Readonly<Record<string, Written>>;
}

/** What an exam came to. */
export interface PastExam {
  readonly seed: string;
  readonly tasks: number;
  readonly startedAt: number;
  readonly usedMs: number;
  readonly percent: number;
  readonly passed: boolean;
}

/** What is kept of exams on this machine. */
export interface KeptExams {
  readonly latest: KeptExam | undefined;
  /** The latest first. */
  readonly past: readonly PastExam[];
}

/** Keeps exams. */
export function keepExams({ latest, past }: KeptExams): void {
  const kept = { latest, past: past.slice(0, MOST_PAST) };
  try {
    const text = JSON.stringify(kept);
    // Where it is too much, that an exam is sat is worth more than what was written.
    const short = JSON.stringify({ ...kept, latest: latest && { ...latest, files: {} } });
    localStorage.setItem(KEY, text.length <= MOST_CHARS ? text : short);
  } catch {
    // A browser that keeps nothing: the page works all the same.
  }
}

/** What was kept; it comes from where anything may have been written. */
export function keptExams(): KeptExams {
  try {
    const text = localStorage.getItem(KEY) ?? '{}';
    const { latest, past } = (text.length > MOST_CHARS ? {} : JSON.parse(text)) as Partial<Record<string, unknown>>;
    return {
      latest: isExam(latest) ? latest : undefined,
      past: Array.isArray(past) ? past.slice(0, MOST_PAST).filter(isPast) : [],
    };
  } catch {
    return { latest: undefined, past: [] };
  }
}

function isExam(value: unknown): value is KeptExam {
  const { seed, tasks, minutes, startedAt, endedAt, files } = parts(value);
  return (
    typeof seed === 'string' &&
    Array.isArray(tasks) &&
    tasks.length > 0 &&
    tasks.length <= MAX_EXAM_TASKS &&
    tasks.every((id) => typeof id === 'string') &&
    areNumbers(minutes, startedAt, endedAt ?? 0) &&
    typeof files === 'object' &&
    files !== null &&
    Object.values(files).every(isWritten)
  );
}

function isPast(value: unknown): value is PastExam {
  const { seed, tasks, startedAt, usedMs, percent, passed } = parts(value);
  return typeof seed === 'string' && areNumbers(tasks, startedAt, usedMs, percent) && typeof passed === 'boolean';
}

function parts(value: unknown): Partial<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<string, unknown>>;
}

function areNumbers(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number' && Number.isFinite(value));
}
