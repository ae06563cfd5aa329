import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Grade } from '../../engine/practice/grade.ts';
import type { Group, Task } from '../../engine/practice/task.ts';
import { PracticeRange } from '../../engine/practise.ts';
import { diskFiles } from '../../functions/cli/verify/disk-files.ts';
import { LIBRARY } from '../library.ts';

/** Every task is tried with each of these. */
const SEEDS = ['1', 'orchid', '2026-03-02'];

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
    describe.each(SEEDS)('with the seed %s', (seed) => {
      const task = opened(id, seed);

      it('scores full for its solution', async () => {
        const grade = await range.grade(task, task.solution.files);
        expect(told(grade)).toBe('');
        expect(grade).toMatchObject({ passed: true, score: grade.of, bonus: grade.bonusOf });
      });

      it('is not passed by what it starts from', async () => {
        const grade = await range.grade(task, task.files);
        expect(grade.passed).toBe(false);
      });

      it('scores full for another right way', async () => {
        expect(task.alsoRight).not.toEqual([]);
        for (const { name, files } of task.alsoRight) {
          const grade = await range.grade(task, files);
          expect(told({ ...grade, checks: grade.checks.filter(({ bonus }) => !bonus) }), name).toBe('');
        }
      });

      it('says what is wrong with at least three plausible ways', async () => {
        expect(task.wrong.length).toBeGreaterThanOrEqual(3);
        for (const { name, files, feedback } of task.wrong) {
          const grade = await range.grade(task, files);
          expect(grade.passed, name).toBe(false);
          expect(feedback, name).not.toEqual([]);
          for (const words of feedback) expect(told(grade), name).toContain(words);
        }
      });

      it('has traces that can be played', async () => {
        for (const trace of task.traces) {
          const { chunks, diagnostics } = await range.record(task, trace, 'jsonl');
          expect(
            diagnostics.map(({ message }) => message),
            trace.name,
          ).toEqual([]);
          expect(chunks.length, trace.name).toBeGreaterThan(0);
        }
      });

      it('has hints, and names only traces that it has', () => {
        expect(task.hints.length).toBeGreaterThanOrEqual(2);
        const names = task.traces.map((trace) => trace.name);
        const used = task.checks.flatMap(({ demand }) => {
          if (demand.kind === 'alerts' || demand.kind === 'change') return demand.traces;
          return demand.kind === 'log' ? [demand.trace] : [];
        });
        expect(used.filter((name) => !names.includes(name))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
        expect(task.instructions).not.toMatch(/<<|>>/);
      });
    });

    it('is another one with another seed, and the same with the same', () => {
      const texts = SEEDS.map((seed) => JSON.stringify([...opened(id, seed).solution.files]));
      expect(new Set(texts).size).toBeGreaterThan(1);
      expect(texts[0]).toBe(JSON.stringify([...opened(id, SEEDS[0] as string).solution.files]));
    });
  });
}
