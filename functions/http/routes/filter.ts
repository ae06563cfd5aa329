import { z } from '@hono/zod-openapi';
import { Filtering, readQuery, type Query } from '../../../engine/filter.ts';
import { MAX_ALERTS_LISTED, MAX_CONDITION_CHARS, MAX_FILTER_FIELDS } from '../../../engine/model/limits.ts';
import type { Timezone } from '../../../engine/output/timezone.ts';
import type { SystemOptions } from '../../../engine/state/system.ts';
import { FIRST_SCENARIO } from '../../greeting.ts';
import { answerRun, type Run } from '../answer.ts';
import { answerFormat } from '../answer-format.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { deferred } from '../deferral.ts';
import { DEFERRABLE, DEFERRED } from '../deferral-schemas.ts';
import { answerForm, type Form } from '../form.ts';
import { eventJson } from '../event-json.ts';
import { FoundLines } from '../found-lines.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { feedAndTake, hostsOf, runInput, timezoneFrom, type RunInput } from '../run-input.ts';
import { Diagnostics, RUN_FORM_BYTES, RUN_MEMBERS, runAnswers, runBody } from '../run-schemas.ts';
import { REFUSALS } from '../schemas.ts';

const FIELDS = {
  condition: z.string().max(MAX_CONDITION_CHARS).openapi({ example: 'evt.type=execve and container.id!=host' }),
  fields: z
    .array(z.string().max(MAX_CONDITION_CHARS))
    .max(MAX_FILTER_FIELDS)
    .default([])
    .openapi({ description: 'What to show of each event.', example: ['proc.cmdline', 'fd.name'] }),
};
const Body = z.strictObject({ ...FIELDS, ...RUN_MEMBERS });
const EXAMPLE = {
  scenario: FIRST_SCENARIO,
  condition: 'evt.type=execve and container.id!=host',
  fields: ['proc.cmdline', 'user.name'],
};
const Found = z
  .looseObject({ 'evt.num': z.number().int() })
  .openapi('FilteredEvent', { description: 'The number of the event, and the fields asked for.' });
const Report = z
  .object({ events: z.number().int().openapi({ description: 'Events that match.' }), diagnostics: Diagnostics })
  .openapi('FilterReport');

/** `POST /v1/filter`: events of a trace that match a condition. */
export function addFilterRoute(api: Api): void {
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/filter',
      tags: ['traces'],
      summary: 'List the events that match a condition',
      request: { ...DEFERRABLE, body: runBody(Body, FIELDS, EXAMPLE) as never },
      responses: {
        200: { description: 'The events.', content: runAnswers('events', Found, Report) as never },
        202: DEFERRED,
        ...REFUSALS,
      },
    },
    answer,
  );
}

const SHAPE = {
  lists: ['fields'],
  files: ['scenario'],
  capture: 'trace',
  needed: ['condition'],
  maxBytes: RUN_FORM_BYTES,
};

function answer(call: Call): Promise<Response> {
  return answerForm(call.req.raw, SHAPE, (form) => filter(call, form));
}

async function filter(call: Call, form: Form): Promise<Response> {
  const body = parse(Body, form.members);
  const { query, diagnostics } = readQuery(body.condition, body.fields);
  if (query === undefined) {
    throw new Refusal('CONDITION_REFUSED', diagnostics[0]?.message ?? 'the condition has errors', { diagnostics });
  }
  const later = await deferred(call, form, '/v1/filter');
  if (later !== undefined) return later;
  const input = await runInput(call, body, form.capture);
  const options = { hosts: hostsOf(input, body.hosts), timezone: timezoneFrom(body.timezone) };
  const format = answerFormat(call, { list: 'events', entry: 'event' }, MAX_ALERTS_LISTED);
  return answerRun(call, format, run(query, input, options));
}

async function* run(query: Query, input: RunInput, options: SystemOptions & { timezone: Timezone }): Run {
  const found = new FoundLines();
  const filtering = new Filtering(query, { ...options, onEvent: (event) => found.add(eventJson(event)) });
  const diagnostics = yield* feedAndTake(input, filtering, found);
  return JSON.stringify({ events: filtering.matched, diagnostics: diagnostics.map(diagnosticJson) });
}
