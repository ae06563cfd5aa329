import { z } from '@hono/zod-openapi';
import { MAX_PRACTICE_BYTES, MAX_PRACTICE_FILES } from '../../../engine/model/limits.ts';
import { taskSheet } from '../../../engine/practice/task-sheet.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { readJson } from '../json-body.ts';
import { parse } from '../parse.ts';
import { graded, handedInOver, refuseTooMany } from '../practice-grading.ts';
import { openedTask, PracticeLibrary } from '../practice-library.ts';
import { GradeSchema, HandedIn, Seed, TaskInPath, TaskSheetSchema, TaskSummarySchema } from '../practice-schemas.ts';
import { Refusal } from '../problem.ts';
import { REFUSALS, jsonContent } from '../schemas.ts';
import { addPracticeTraceRoute } from './practice-traces.ts';

const Query = z.strictObject({ seed: Seed });
const TASK = '/v1/practice/tasks/{task}';
const LOCAL_RULE = `- rule: Vault opened in container
  desc: Keys of others
  condition: evt.type in (open, openat) and fd.name startswith /srv/
  output: vault_access file=%fd.name
  priority: WARNING
`;
const EXAMPLE = { seed: '7', files: { '/etc/falco/falco_rules.local.yaml': LOCAL_RULE } };

/** `/v1/practice/tasks`: tasks for learners of rules, graded by what rules do. */
export function addPracticeRoutes(api: Api): void {
  const shown = { method: 'get' as const, tags: ['practice'] };
  addRoute(
    api,
    {
      ...shown,
      path: '/v1/practice/tasks',
      summary: 'List practice tasks',
      responses: {
        200: { description: 'All of them.', ...jsonContent(z.object({ tasks: z.array(TaskSummarySchema) })) },
      },
    },
    async (call) => call.json({ tasks: await new PracticeLibrary(call.get('settings').site).summaries() }),
  );
  addRoute(
    api,
    {
      ...shown,
      path: TASK,
      summary: 'Show a practice task',
      description: 'What is asked, and the files and traces to work with. Nothing of the solution.',
      request: { params: z.object({ task: TaskInPath }), query: Query },
      responses: { 200: { description: 'The task.', ...jsonContent(TaskSheetSchema) }, ...REFUSALS },
    },
    async (call) => call.json(taskSheet((await openedTask(call, parse(Query, call.req.query()))).task)),
  );
  addRoute(
    api,
    {
      ...shown,
      path: `${TASK}/hints/{level}`,
      summary: 'Show one hint',
      request: {
        params: z.object({
          task: TaskInPath,
          level: z.string().openapi({ description: 'From 1, a nudge, to nearly the answer.', example: '1' }),
        }),
        query: Query,
      },
      responses: {
        200: {
          description: 'The hint.',
          ...jsonContent(z.object({ level: z.number().int(), of: z.number().int(), hint: z.string() })),
        },
        ...REFUSALS,
      },
    },
    hint,
  );
  addPracticeTraceRoute(api, TASK);
  addRoute(
    api,
    {
      method: 'post',
      path: `${TASK}/check`,
      tags: ['practice'],
      summary: 'Grade what was done',
      description: `Runs the rules that are handed in over the task's traces and compares what they do; tells of each check what was expected, what came and what came nearest. At most ${MAX_PRACTICE_FILES} files and ${MAX_PRACTICE_BYTES} bytes of body.`,
      request: {
        params: z.object({ task: TaskInPath }),
        body: { required: true, content: { 'application/json': { schema: HandedIn, example: EXAMPLE } } },
      },
      responses: { 200: { description: 'The grade.', ...jsonContent(GradeSchema) }, ...REFUSALS },
    },
    check,
  );
}

async function hint(call: Call): Promise<Response> {
  const { task } = await openedTask(call, parse(Query, call.req.query()));
  const written = call.req.param('level') ?? '';
  const level = /^[1-9]\d?$/.test(written) ? Number(written) : 0;
  const found = task.hints[level - 1];
  if (found !== undefined) return call.json({ level, of: task.hints.length, hint: found });
  throw new Refusal('NOT_FOUND', `there is no hint ${written}; there are ${task.hints.length}`);
}

async function check(call: Call): Promise<Response> {
  const { seed, files } = await readJson(call.req.raw, HandedIn, MAX_PRACTICE_BYTES);
  refuseTooMany(Object.keys(files).length);
  const { range, task } = await openedTask(call, { seed });
  return call.json(await graded(call, () => range.grade(task, handedInOver(task, files))));
}
