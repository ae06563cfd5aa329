import { z } from '@hono/zod-openapi';
import { MAX_EXAM_TASKS, MAX_PRACTICE_BYTES } from '../../../engine/model/limits.ts';
import { composeExam, examOf, examResult } from '../../../engine/practice/exam.ts';
import { taskSummary } from '../../../engine/practice/task-sheet.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { readJson } from '../json-body.ts';
import { parse } from '../parse.ts';
import { graded, handedInOver, refuseTooMany } from '../practice-grading.ts';
import { PracticeLibrary } from '../practice-library.ts';
import { ExamResultSchema, ExamSchema, HandedInExam, Seed } from '../practice-schemas.ts';
import { Refusal } from '../problem.ts';
import { REFUSALS, jsonContent } from '../schemas.ts';

const Query = z.strictObject({
  seed: Seed,
  tasks: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_EXAM_TASKS)
    .default(6)
    .openapi({ description: 'How many tasks.', example: 4 }),
});
const EXAMPLE = {
  seed: '7',
  tasks: [
    {
      id: 'write-rules/vault-folder-opened',
      files: { '/etc/falco/falco_rules.local.yaml': '- list: none\n  items: []\n' },
    },
    { id: 'find-culprit/three-lookalikes' },
  ],
};

/** `/v1/practice/exam`: several practice tasks in one time. Nothing is kept: whoever sits it keeps the time. */
export function addExamRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/practice/exam',
      tags: ['practice'],
      summary: 'Compose an exam',
      description:
        'Chooses tasks by the seed, from each group in turn, and says how many minutes they are to take. Show each with the same seed.',
      request: { query: Query },
      responses: { 200: { description: 'The exam.', ...jsonContent(ExamSchema) }, ...REFUSALS },
    },
    compose,
  );
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/practice/exam/check',
      tags: ['practice'],
      summary: 'Grade an exam',
      description:
        'Each task counts by its weight, and by the part of its points that were reached. One that was not begun scores nothing.',
      request: {
        body: { required: true, content: { 'application/json': { schema: HandedInExam, example: EXAMPLE } } },
      },
      responses: { 200: { description: 'The result.', ...jsonContent(ExamResultSchema) }, ...REFUSALS },
    },
    check,
  );
}

async function compose(call: Call): Promise<Response> {
  const { seed, tasks } = parse(Query, call.req.query());
  return call.json(composeExam(await new PracticeLibrary(call.get('settings').site).summaries(), seed, tasks));
}

async function check(call: Call): Promise<Response> {
  const { seed, tasks } = await readJson(call.req.raw, HandedInExam, MAX_PRACTICE_BYTES);
  refuseTooMany(tasks.reduce((sum, { files }) => sum + Object.keys(files).length, 0));
  if (new Set(tasks.map(({ id }) => id)).size < tasks.length) {
    throw new Refusal('INVALID_REQUEST', 'a task comes twice', {
      errors: [{ pointer: '/tasks', message: 'names a task twice' }],
    });
  }
  const library = new PracticeLibrary(call.get('settings').site);
  const open = await Promise.all(tasks.map(({ id }) => library.open(id, seed)));
  const exam = examOf(
    seed,
    open.map(({ task }) => taskSummary(task)),
  );
  const grades = [];
  for (const [index, { range, task }] of open.entries()) {
    const handedIn = handedInOver(task, tasks[index]?.files ?? {});
    grades.push(await graded(call, () => range.gradePart(task, handedIn)));
  }
  return call.json(examResult(exam, grades));
}
