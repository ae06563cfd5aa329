import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeExam, examOf, examResult } from '../../engine/practice/exam.ts';
import type { Grade } from '../../engine/practice/grade.ts';
import { GROUPS } from '../../engine/practice/task.ts';
import type { TaskSummary } from '../../engine/practice/task-sheet.ts';

function task(group: TaskSummary['group'], slug: string, weight = 5): TaskSummary {
  return { id: `${group}/${slug}`, group, title: slug, skill: '', minutes: 7, weight, points: 10, bonus: 0 };
}

function graded(score: number, of: number): { begun: boolean; grade: Grade } {
  const rest = { task: '', seed: '', bonus: 0, bonusOf: 0, passed: score === of, checks: [], findings: [] };
  return { begun: true, grade: { ...rest, score, of } };
}

const ALL = GROUPS.flatMap((group) => Array.from({ length: 4 }, (_, i) => task(group, `t${i}`)));

describe('an exam', () => {
  it('has as many different tasks as asked for, from each group in turn, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 25 }), (seed, count) => {
        const { tasks } = composeExam(ALL, seed, count);
        expect(new Set(tasks).size).toBe(Math.min(count, ALL.length));
        const perGroup = GROUPS.map((group) => tasks.filter((one) => one.group === group).length);
        expect(Math.max(...perGroup) - Math.min(...perGroup)).toBeLessThanOrEqual(1);
        expect(composeExam(ALL, seed, count).tasks).toEqual(tasks);
      }),
    );
  });

  it('is another one with another seed', () => {
    const of = (seed: string): string => JSON.stringify(composeExam(ALL, seed, 6).tasks.map(({ id }) => id));
    expect(new Set(['1', '2', '3', '4'].map(of)).size).toBeGreaterThan(2);
  });

  it('takes what it can where groups have few tasks', () => {
    const few = [task('change-rules', 'a'), task('find-culprit', 'b'), task('find-culprit', 'c')];
    expect(composeExam(few, '1', 9).tasks).toHaveLength(3);
    expect(composeExam([], '1', 9)).toMatchObject({ tasks: [], minutes: 0 });
  });

  it('counts each task by its weight and the part of its points, and nothing for one that was not begun', () => {
    const exam = examOf('1', [task('change-rules', 'a', 3), task('write-rules', 'b', 1), task('find-culprit', 'c', 2)]);
    const result = examResult(exam, [graded(5, 10), graded(3, 3), { ...graded(4, 8), begun: false }]);
    expect(result).toMatchObject({ percent: 41.7, passed: false, minutes: 35 });
    expect(result.parts.map(({ percent, of }) => [percent, of])).toEqual([
      [25, 50],
      [16.7, 16.7],
      [0, 33.3],
    ]);
  });

  it('is passed from its mark on, and full where all is full', () => {
    const exam = examOf(
      '1',
      ['a', 'b', 'c'].map((slug) => task('change-rules', slug)),
    );
    expect(examResult(exam, [graded(1, 1), graded(1, 1), graded(0, 1)])).toMatchObject({ percent: 66.7, passed: true });
    expect(examResult(exam, [graded(1, 1), graded(9, 10), graded(0, 1)])).toMatchObject({ passed: false });
    expect(examResult(exam, [graded(7, 7), graded(1, 1), graded(3, 3)])).toMatchObject({ percent: 100 });
  });
});
