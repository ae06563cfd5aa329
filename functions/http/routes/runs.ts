import { accepts } from 'hono/accepts';
import { z } from '@hono/zod-openapi';
import { MAX_NAME_CHARS, MAX_TRACES_LISTED } from '../../../engine/model/limits.ts';
import { junitText } from '../../../engine/suite/formats/junit.ts';
import { sarifText } from '../../../engine/suite/formats/sarif.ts';
import type { RunReport, RunState } from '../../runs/run.ts';
import { runMarkdown } from '../../runs/run-markdown.ts';
import { isTraceId } from '../../store/keys.ts';
import { CREANCE_VERSION } from '../../version.ts';
import { EVENT_STREAM } from '../answer-format.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { audited } from '../audited.ts';
import { readForm } from '../form.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { REFUSALS, TraceId } from '../schemas.ts';
import { ruleSetHash, runsOf, unknownSuite } from './suites.ts';

/** How often a stream of progress looks into the store, in milliseconds, and how long it goes on. */
const LOOK_EVERY_MS = 500;
const STREAM_MS = 10 * 60 * 1_000;

const NewRun = z.strictObject({
  suite: z.string().max(MAX_NAME_CHARS).openapi({ example: 'node-attacks' }),
  version: z.number().int().min(1).optional().openapi({ description: 'A version of the suite; else the current one.' }),
  ruleset: z.string().max(MAX_NAME_CHARS).optional().openapi({
    description: 'The name or hash of a stored rule set, in place of the rules that test files name.',
  }),
  attempt: z.number().int().min(1).max(1_000).default(1).openapi({
    description: 'The same suite, rules and version of Creance are the same run; another number runs them again.',
  }),
});
const Run = z
  .object({
    id: TraceId.openapi({ description: 'The id of the run.' }),
    suite: z.string(),
    version: z.number().int(),
    ruleset: z.string().optional(),
    engine: z.string(),
    state: z.enum(['running', 'done', 'cancelled']),
    tests: z.number().int(),
    shards: z.object({ total: z.number().int(), done: z.number().int() }),
    createdAt: z.iso.datetime(),
  })
  .openapi('Run');
const ListQuery = z.object({
  after: TraceId.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_TRACES_LISTED).default(50),
});
const params = z.object({ id: TraceId });
const json = (schema: z.ZodType): object => ({ content: { 'application/json': { schema } } });
const ONE = { description: 'The run.', ...json(Run) };
const TEXT = { schema: z.string() };

/** `/v1/runs`: suites run in the background, in shards. */
export function addRunRoutes(api: Api): void {
  const route = (
    method: 'get' | 'post',
    path: string,
    about: { summary: string; description?: string; request?: object; responses: object },
    handler: (call: Call) => Promise<Response>,
  ): void => {
    const responses = { ...about.responses, ...REFUSALS } as never;
    addRoute(api, { method, path, tags: ['runs'], ...about, responses }, handler, method === 'post' ? 'write' : 'read');
  };
  route(
    'post',
    '/v1/runs',
    {
      summary: 'Run a suite',
      description:
        'Answers at once; the run goes on in the background. Asking again for the same run answers that one.',
      request: { body: { required: true, ...json(NewRun) } },
      responses: { 202: ONE, 200: { ...ONE, description: 'The run is done already.' } },
    },
    begin,
  );
  route(
    'get',
    '/v1/runs',
    {
      summary: 'List runs',
      request: { query: ListQuery },
      responses: {
        200: {
          description: 'One page, in the order of ids.',
          ...json(z.object({ runs: z.array(Run), next: TraceId.optional() })),
        },
      },
    },
    list,
  );
  route(
    'get',
    '/v1/runs/{id}',
    {
      summary: 'Tell how far a run is',
      description:
        'As server-sent events it tells of each shard that is done, until the run is. Shards that were lost are handed out again.',
      request: { params },
      responses: {
        200: { description: 'The run.', content: { 'application/json': { schema: Run }, [EVENT_STREAM]: TEXT } },
      },
    },
    show,
  );
  route(
    'get',
    '/v1/runs/{id}/report',
    {
      summary: 'Give the report of a run',
      request: { params },
      responses: {
        200: {
          description: 'The report, and what changed since the run of the suite that was accepted last.',
          content: {
            'application/json': { schema: z.looseObject({ report: z.looseObject({}) }) },
            'application/junit+xml': TEXT,
            'application/sarif+json': TEXT,
            'text/markdown': TEXT,
          },
        },
      },
    },
    report,
  );
  route(
    'post',
    '/v1/runs/{id}/cancel',
    { summary: 'Cancel a run', request: { params }, responses: { 200: ONE } },
    cancel,
  );
  route(
    'post',
    '/v1/runs/{id}/accept',
    {
      summary: 'Accept a run',
      description: 'Later runs of the suite are compared with it.',
      request: { params },
      responses: { 200: ONE },
    },
    accept,
  );
}

async function begin(call: Call): Promise<Response> {
  const { members } = await readForm(call.req.raw, { lists: [], files: [], maxBytes: 0 });
  const { suite: name, version, ruleset, attempt } = parse(NewRun, members);
  const runs = runsOf(call);
  const chain = runs.suite(name);
  const suite = version === undefined ? await chain.current() : await chain.read(version);
  if (suite === undefined) throw unknownSuite(version === undefined ? name : `${name} of version ${version}`);
  const ruleSet = ruleset === undefined ? undefined : await ruleSetHash(call, ruleset);
  const createdAt = new Date(call.get('settings').now()).toISOString();
  const plan = await runs.begin({ suite: name, version, ruleSet, attempt }, suite, createdAt);
  await call.get('settings').dispatch(await runs.lost(plan.id));
  await audited(call, 'run.begin', plan.id);
  const state = (await runs.state(plan.id)) as RunState;
  return call.json(shown(state), state.state === 'done' ? 200 : 202, { location: `/v1/runs/${plan.id}` });
}

async function list(call: Call): Promise<Response> {
  const { after, limit } = parse(ListQuery, call.req.query());
  const { folders, more } = await runsOf(call).list(after, limit);
  const runs: object[] = [];
  for (const id of folders) {
    const state = await runsOf(call).state(id);
    if (state !== undefined) runs.push(shown(state));
  }
  return call.json({ runs, next: more ? folders.at(-1) : undefined });
}

async function show(call: Call): Promise<Response> {
  const state = await findRun(call);
  const runs = runsOf(call);
  await call.get('settings').dispatch(await runs.lostOf(state));
  const type = accepts(call, {
    header: 'Accept',
    supports: ['application/json', EVENT_STREAM],
    default: 'application/json',
  });
  if (type !== EVENT_STREAM) return call.json(shown(state));
  const events = progress(call, state);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await events.next();
      if (done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    cancel: async () => void (await events.return()),
  });
  return new Response(body, { headers: { 'content-type': EVENT_STREAM, 'cache-control': 'no-store' } });
}

async function* progress(call: Call, first: RunState): AsyncGenerator<string, void> {
  const runs = runsOf(call);
  let last = '';
  let state = first;
  for (let spent = 0; spent < STREAM_MS; spent += LOOK_EVERY_MS) {
    const text = JSON.stringify(shown(state));
    if (text !== last) yield `event: run\ndata: ${text}\n\n`;
    last = text;
    if (state.state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    state = (await runs.state(state.plan.id)) ?? state;
  }
}

async function report(call: Call): Promise<Response> {
  const { plan } = await findRun(call);
  const done = await doneReport(call, plan.id);
  const difference = await runsOf(call).difference(done);
  const types = ['application/json', 'application/junit+xml', 'application/sarif+json', 'text/markdown'];
  const type = accepts(call, { header: 'Accept', supports: types, default: 'application/json' });
  const text =
    type === 'application/junit+xml'
      ? junitText(done.report)
      : type === 'application/sarif+json'
        ? sarifText(done.report, CREANCE_VERSION)
        : type === 'text/markdown'
          ? runMarkdown(done, difference)
          : `${JSON.stringify({ ...done, difference })}\n`;
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}

async function cancel(call: Call): Promise<Response> {
  const { plan } = await findRun(call);
  await runsOf(call).cancel(plan.id, new Date(call.get('settings').now()).toISOString());
  await audited(call, 'run.cancel', plan.id);
  return call.json(shown(await findRun(call)));
}

async function accept(call: Call): Promise<Response> {
  const state = await findRun(call);
  const { run, suite } = await doneReport(call, state.plan.id);
  await runsOf(call).baseline(suite.name).append({ run });
  await audited(call, 'run.accept', run);
  return call.json(shown(state));
}

async function doneReport(call: Call, id: string): Promise<RunReport> {
  const done = await runsOf(call).report(id);
  if (done !== undefined) return done;
  throw new Refusal('RUN_NOT_DONE', `the run ${id} is not done`, { headers: { 'retry-after': '1' } });
}

async function findRun(call: Call): Promise<RunState> {
  const id = call.req.param('id') ?? '';
  const state = isTraceId(id) ? await runsOf(call).state(id) : undefined;
  if (state !== undefined) return state;
  throw new Refusal('UNKNOWN_RUN', `there is no run ${id.slice(0, 64)}`, { hint: 'GET /v1/runs lists them' });
}

function shown({ plan, state, missing }: RunState): object {
  const { id, suite, ruleSet, engine, tests, shards, createdAt } = plan;
  const done = shards.length - missing.length;
  return {
    id,
    suite: suite.name,
    version: suite.version,
    ruleset: ruleSet,
    engine,
    state,
    tests,
    shards: { total: shards.length, done },
    createdAt,
  };
}
