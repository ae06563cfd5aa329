import { describe, expect, it } from 'vitest';
import { gradePractice, openPractice, recordPractice } from '../../../functions/web/page/judge/practice.ts';
import { gradeExam } from '../../../functions/web/page/judge/practice-exam.ts';
import { choiceOf } from './written.ts';

const ID = 'write-rules/vault-folder-opened';

describe('a practice task in the worker of the page', () => {
  it.each(['1', '2', 'any word'])('is passed by its solution and not by its start, with the seed %s', async (seed) => {
    const task = choiceOf(ID, seed);
    const { sheet, solution } = openPractice(task);
    const first = Object.entries(sheet.files).map(([name, text]) => ({ name, text }));
    expect(solution.files.map(({ name }) => name)).toEqual(['/etc/falco/falco_rules.local.yaml']);
    expect((await gradePractice({ task, files: first })).passed).toBe(false);
    expect((await gradePractice({ task, files: [...first, ...solution.files] })).passed).toBe(true);
  });

  it('gives the traces that it shows, and no other', async () => {
    const task = choiceOf(ID, '1');
    expect((await recordPractice(task, 'node')).size).toBeGreaterThan(100);
    await expect(recordPractice(task, 'host')).rejects.toThrow('shows no trace host');
  });

  it('is refused in words where its parts are missing', () => {
    expect(() => openPractice({ id: ID, seed: '1', parts: [] })).toThrow("the task can't be read");
  });
});

describe('an exam in the worker of the page', () => {
  it('counts what was written on each task, and nothing where nothing was', async () => {
    const task = choiceOf(ID, '3');
    const solved = { task, files: openPractice(task).solution.files };
    const untouched = { task: choiceOf('change-rules/more-shells', '3'), files: [] };
    const told: number[] = [];
    const { parts, percent } = await gradeExam({ seed: '3', parts: [solved, untouched] }, (done) => told.push(done));
    expect(parts.map(({ begun, percent: reached, of }) => [begun, reached === of])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(percent).toBe(parts[0]?.percent);
    expect(told).toEqual([1, 2]);
  });
});
