import { accepts } from 'hono/accepts';
import { z } from '@hono/zod-openapi';
import { MAX_NAME_CHARS, MAX_TRACES_LISTED, MAX_WEBHOOKS_TOLD } from '../../../engine/model/limits.ts';
import { EVENT_STREAM } from '../answer-format.ts';
import type { Api, Call } from '../api.ts';
import { routeGroup } from '../route-group.ts';
import { audited } from '../audited.ts';
import { beganRun, knownWebhooks, roomForRun } from '../begin-run.ts';
import { findRun } from '../find-run.ts';
import { readJson } from '../json-body.ts';
import { parse } from '../parse.ts';
import { progressOf } from '../run-progress.ts';
import { RunSchema, shownRun } from '../run-view.ts';
import { TraceId, jsonContent } from '../schemas.ts';
import { doneReport } from './run-results.ts';
import { ruleSetHash, runsOf, unknownSuite } from './suites.ts';

const NewRun = z.strictObject({
  suite: z.string().max(MAX_NAME_CHARS).openapi({ example: 'node-attacks' }),
  version: z.number().int().min(1).optional().openapi({ description: 'A version of the suite; else the current one.' }),
  ruleset: z.string().max(MAX_NAME_CHARS).optional().openapi({
    description: 'The name or hash of a stored rule set, in place of the rules that test files name.',
  }),
  attempt: z.number().int().min(1).max(1_000).default(1).openapi({
    description: 'The same suite, rules and version of Creance are the same run; another number runs them again.',
  }),
  deliver: z.array(z.string().max(MAX_NAME_CHARS)).max(MAX_WEBHOOKS_TOLD).default([]).openapi({
    description: 'Names of webhooks that are told when it ends.',
  }),
});
const ListQuery = z.object({
  after: TraceId.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_TRACES_LISTED).default(50),
});
const params = z.object({ id: TraceId });
const ONE = { description: 'The run.', ...jsonContent(RunSchema) };
const TEXT = { schema: z.string() };

/** `/v1/runs`: suites run in the background, in shards. */
export function addRunRoutes(api: Api): void {
  const route = routeGroup(api, 'runs');
  route(
    'post',
    '/v1/runs',
    {
      summary: 'Run a suite',
      description:
        'Answers at once; the run goes on in the background. Asking again for the same run answers that one.',
      request: { body: { required: true, ...jsonContent(NewRun, { suite: 'node-attacks' }) } },
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
          ...jsonContent(z.object({ runs: z.array(RunSchema), next: TraceId.optional() })),
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
        'As server-sent events it tells of each shard that is done, until the run has ended. Shards that were lost are handed out again.',
      request: { params },
      responses: {
        200: { description: 'The run.', content: { 'application/json': { schema: RunSchema }, [EVENT_STREAM]: TEXT } },
      },
    },
    show,
  );
  route(
    'post',
    '/v1/runs/{id}/cancel',
    {
      summary: 'Cancel a run',
      description:
        'Shards that are not begun are not run, and those that run end at the next test. A run that has ended stays as it is.',
      request: { params },
      responses: { 200: ONE },
    },
    cancel,
  );
  route(
    'post',
    '/v1/runs/{id}/retry',
    {
      summary: 'Begin a run anew',
      description:
        'Runs the shards that failed or were not begun; those that are done stay. Of a run that is done it tells the webhooks again that could not be told.',
      request: { params },
      responses: { 202: ONE, 200: { ...ONE, description: 'There is nothing to be done again.' } },
    },
    retry,
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
  const { suite: name, version, ruleset, attempt, deliver } = await readJson(call.req.raw, NewRun);
  const runs = runsOf(call);
  const suite = version === undefined ? await runs.suite(name).current() : await runs.suite(name).read(version);
  if (suite === undefined) throw unknownSuite(version === undefined ? name : `${name} of version ${version}`);
  const ruleSet = ruleset === undefined ? undefined : await ruleSetHash(call, ruleset);
  const webhooks = await knownWebhooks(call, deliver, false);
  await roomForRun(call);
  const begun = await runs.begin({ suite: name, ruleSet, attempt }, suite, timeOf(call));
  await audited(call, 'run.begin', begun.plan.id);
  return beganRun(call, begun, webhooks);
}

async function list(call: Call): Promise<Response> {
  const { after, limit } = parse(ListQuery, call.req.query());
  const { folders, more } = await runsOf(call).list(after, limit);
  const runs: object[] = [];
  for (const id of folders) {
    const state = await runsOf(call).state(id);
    if (state !== undefined) runs.push(await shownRun(call, state));
  }
  return call.json({ runs, next: more ? folders.at(-1) : undefined });
}

async function show(call: Call): Promise<Response> {
  const state = await findRun(call);
  const { dispatch, now } = call.get('settings');
  await dispatch(await runsOf(call).lostOf(state, now()));
  const supports = ['application/json', EVENT_STREAM];
  const type = accepts(call, { header: 'Accept', supports, default: 'application/json' });
  return type === EVENT_STREAM ? progressOf(call, state) : call.json(await shownRun(call, state));
}

async function cancel(call: Call): Promise<Response> {
  const state = await findRun(call);
  const { kind, createdAt } = state.plan;
  if (await runsOf(call).cancel(state, timeOf(call))) {
    const seconds = (call.get('settings').now() - Date.parse(createdAt)) / 1_000;
    call.get('metrics').observe({ what: 'run ended', kind, state: 'cancelled', seconds });
  }
  await audited(call, 'run.cancel', state.plan.id);
  return call.json(await shownRun(call, await findRun(call)));
}

async function retry(call: Call): Promise<Response> {
  const state = await findRun(call);
  const isBegun = await runsOf(call).retry(state, timeOf(call));
  await audited(call, 'run.retry', state.plan.id);
  if (isBegun) await call.get('settings').dispatch(await runsOf(call).lost(state.plan.id));
  return call.json(await shownRun(call, await findRun(call)), isBegun ? 202 : 200);
}

async function accept(call: Call): Promise<Response> {
  const { run, suite } = await doneReport(call, call.req.param('id') ?? '');
  await runsOf(call).baseline(suite.name).append({ run });
  await audited(call, 'run.accept', run);
  return call.json(await shownRun(call, await findRun(call)));
}

function timeOf(call: Call): string {
  return new Date(call.get('settings').now()).toISOString();
}
