import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Grade } from '../../engine/practice/grade.ts';
import type { Attempt, Group, Task } from '../../engine/practice/task.ts';
import { PracticeRange } from '../../engine/practise.ts';
import { diskFiles } from '../../functions/cli/verify/disk-files.ts';
import { LIBRARY } from '../library.ts';

/** Every task is tried with each of these. */
const SEEDS = ['1', 'orchid', '2026-03-02'];

/**
 * Seeds in turn: a seed changes names and numbers alone, and the solution is graded with each, so each of the other ways
 * needs one.
 */
function seedOfWay(way: number): string {
  return SEEDS[way % SEEDS.length] as string;
}

const range = new PracticeRange(diskFiles(), relative(process.cwd(), `${LIBRARY}practice`));

function opened(id: string, seed: string): Task {
  const { task, diagnostics } = range.open(id, seed);
  expect(
    diagnostics.map(({ message, span }) => `${message} ${span?.source.text.slice(span.start, span.start + 60)}`),
  ).toEqual([]);
  return task as Task;
}

/** What was said, a line each. */
function told({ checks }: Grade): string {
  return checks.flatMap(({ about, isMet, feedback }) => (isMet ? [] : [`${about}:`, ...feedback])).join('\n');
}

/** Tries every task of a group. Each group is a test file of its own, so that groups are tried side by side. */
export function tryTasksOf(group: Group): void {
  const ids = range.ids().filter((id) => id.startsWith(`${group}/`));

  it('has tasks that nobody takes for each other', () => {
    const titles = ids.map((id) => opened(id, SEEDS[0] as string).title);
    expect(new Set(titles).size).toBe(ids.length);
  });

  describe.each(ids)('the task %s', (id) => {
    const tasks = new Map(SEEDS.map((seed) => [seed, opened(id, seed)]));
    const first = tasks.get(seedOfWay(0)) as Task;

    it.each(SEEDS)('scores full for its solution with the seed %s', async (seed) => {
      const task = tasks.get(seed) as Task;
      const grade = await range.grade(task, task.solution.files);
      expect(told(grade)).toBe('');
      expect(grade).toMatchObject({ passed: true, score: grade.of, bonus: grade.bonusOf });
    });

    it('is not passed by what it starts from', async () => {
      const grade = await range.grade(first, first.files);
      expect(grade.passed).toBe(false);
    });

    it('scores full for another right way', async () => {
      expect(first.alsoRight).not.toEqual([]);
      for (const way of first.alsoRight.keys()) {
        const task = tasks.get(seedOfWay(way)) as Task;
        const { name, files } = task.alsoRight[way] as Attempt;
        const grade = await range.grade(task, files);
        expect(told({ ...grade, checks: grade.checks.filter(({ bonus }) => !bonus) }), name).toBe('');
      }
    });

    it('says what is wrong with at least three plausible ways', async () => {
      expect(first.wrong.length).toBeGreaterThanOrEqual(3);
      for (const way of first.wrong.keys()) {
        const task = tasks.get(seedOfWay(way)) as Task;
        const { name, files, feedback } = task.wrong[way] as Attempt;
        const grade = await range.grade(task, files);
        expect(grade.passed, name).toBe(false);
        expect(feedback, name).not.toEqual([]);
        for (const words of feedback) expect(told(grade), name).toContain(words);
      }
    });

    it.each(SEEDS)('has traces that can be played, and hints, with the seed %s', async (seed) => {
      const task = tasks.get(seed) as Task;
      for (const trace of task.traces) {
        const { chunks, diagnostics } = await range.record(task, trace, 'jsonl');
        expect(
          diagnostics.map(({ message }) => message),
          trace.name,
        ).toEqual([]);
        expect(chunks.length, trace.name).toBeGreaterThan(0);
      }
      expect(task.hints.length).toBeGreaterThanOrEqual(2);
      expect(task.instructions).not.toMatch(/<<|>>/);
    });

    it('names only traces that it has', () => {
      const names = first.traces.map((trace) => trace.name);
      const used = first.checks.flatMap(({ demand }) => {
        if (demand.kind === 'alerts' || demand.kind === 'change') return demand.traces;
        return demand.kind === 'log' ? [demand.trace] : [];
      });
      expect(used.filter((name) => !names.includes(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    });

    it('is another one with another seed, and the same with the same', () => {
      const texts = SEEDS.map((seed) => JSON.stringify([...(tasks.get(seed) as Task).solution.files]));
      expect(new Set(texts).size).toBeGreaterThan(1);
      expect(texts[0]).toBe(JSON.stringify([...opened(id, seedOfWay(0)).solution.files]));
    });
  });
}
