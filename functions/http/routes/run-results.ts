import { accepts } from 'hono/accepts';
import { z } from '@hono/zod-openapi';
import { junitText } from '../../../engine/suite/formats/junit.ts';
import { sarifText } from '../../../engine/suite/formats/sarif.ts';
import type { RunReport } from '../../runs/run.ts';
import { resultLink } from '../../runs/run-messages.ts';
import { runMarkdown } from '../../runs/run-markdown.ts';
import { CREANCE_VERSION } from '../../version.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { findRun } from '../find-run.ts';
import { Refusal } from '../problem.ts';
import { REFUSALS, TraceId } from '../schemas.ts';
import { runsOf } from './suites.ts';

const TEXT = { schema: z.string() };
const request = { params: z.object({ id: TraceId }) };

/** What runs came to: reports of suites, answers to requests. */
export function addRunResultRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/runs/{id}/report',
      tags: ['runs'],
      summary: 'Give the report of a run',
      request,
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
        ...REFUSALS,
      },
    },
    report,
  );
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/runs/{id}/answer',
      tags: ['runs'],
      summary: 'Give the answer to a request that a run worked on',
      description: 'The status, the type and the bytes that the request would have been answered with at once.',
      request,
      responses: { 200: { description: 'The answer.', content: { 'application/json': TEXT } }, ...REFUSALS },
    },
    answer,
  );
}

/** The report of a run of a suite; refuses while it is not done. */
export async function doneReport(call: Call, id: string): Promise<RunReport> {
  const { plan, state } = await findRun(call);
  if (plan.kind !== 'suite') throw elsewhere(plan);
  const done = state === 'done' ? await runsOf(call).report(id) : undefined;
  if (done !== undefined) return done;
  throw notDone(id);
}

async function report(call: Call): Promise<Response> {
  const done = await doneReport(call, call.req.param('id') ?? '');
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

async function answer(call: Call): Promise<Response> {
  const { plan, state } = await findRun(call);
  if (plan.kind !== 'request') throw elsewhere(plan);
  const kept = state === 'done' ? await runsOf(call).answerReport(plan.id) : undefined;
  const body = kept && (await runsOf(call).answer(plan.id));
  if (kept === undefined || body === undefined) throw notDone(plan.id);
  const { status, contentType } = kept.answer;
  return new Response(body, { status, headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}

function notDone(id: string): Refusal {
  return new Refusal('RUN_NOT_DONE', `the run ${id} is not done`, { headers: { 'retry-after': '1' } });
}

function elsewhere(plan: Parameters<typeof resultLink>[0]): Refusal {
  return new Refusal('NOT_FOUND', `a run of a ${plan.kind} has no such result`, { hint: `GET ${resultLink(plan)}` });
}
