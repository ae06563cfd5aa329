import { z } from '@hono/zod-openapi';
import { addRoute, type Api, type Call } from '../api.ts';
import { parse } from '../parse.ts';
import { openedTask } from '../practice-library.ts';
import { Seed, TaskInPath } from '../practice-schemas.ts';
import { Refusal } from '../problem.ts';
import { REFUSALS } from '../schemas.ts';

const Query = z.strictObject({
  seed: Seed,
  to: z.enum(['scap', 'jsonl']).default('scap').openapi({ description: 'The encoding of the trace.' }),
});
const TYPES = { scap: 'application/octet-stream', jsonl: 'application/x-ndjson' } as const;
const bytes = { schema: z.string().openapi({ format: 'binary' }) };

/** `GET /v1/practice/tasks/{task}/traces/{trace}`: a trace that a task shows. */
export function addPracticeTraceRoute(api: Api, task: string): void {
  addRoute(
    api,
    {
      method: 'get',
      path: `${task}/traces/{trace}`,
      tags: ['practice'],
      summary: 'Fetch a trace of a practice task',
      description: 'One of the traces that the task shows, as a recording. Those for grading are not given.',
      request: {
        params: z.object({ task: TaskInPath, trace: z.string().openapi({ example: 'node' }) }),
        query: Query,
      },
      responses: {
        200: { description: 'The trace.', content: { [TYPES.scap]: bytes, [TYPES.jsonl]: bytes } },
        ...REFUSALS,
      },
    },
    answer,
  );
}

async function answer(call: Call): Promise<Response> {
  const { seed, to } = parse(Query, call.req.query());
  const { range, task } = await openedTask(call, { seed });
  const name = call.req.param('trace') ?? '';
  const trace = task.traces.find((one) => one.visible && one.name === name);
  if (trace === undefined) {
    const names = task.traces.filter(({ visible }) => visible).map((one) => one.name);
    throw new Refusal('UNKNOWN_TRACE', `the task shows no trace '${name}'`, { hint: `it shows ${names.join(', ')}` });
  }
  const { chunks } = await range.record(task, trace, to);
  return new Response(new Blob(chunks as Uint8Array<ArrayBuffer>[]), {
    headers: {
      'content-type': TYPES[to],
      'content-disposition': `attachment; filename="${name}.${to}"`,
      'cache-control': 'no-store',
    },
  });
}
