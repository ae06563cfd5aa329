import { z } from '@hono/zod-openapi';
import { MAX_REQUEST_BYTES } from '../../../engine/model/limits.ts';
import { simulate } from '../../../engine/simulate.ts';
import { FIRST_SCENARIO } from '../../greeting.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { readForm } from '../form.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { scenarioSource } from '../run-input.ts';
import { CaseName, REFUSALS, ScenarioChoice } from '../schemas.ts';

const Body = z.strictObject({
  scenario: ScenarioChoice,
  case: CaseName.optional(),
  to: z.enum(['scap', 'jsonl']).default('scap').openapi({ description: 'The encoding of the trace.' }),
});
const TYPES = { scap: 'application/octet-stream', jsonl: 'application/x-ndjson' } as const;
const bytes = { schema: z.string().openapi({ format: 'binary' }) };

/** `POST /v1/simulate`: a scenario played into a trace. */
export function addSimulateRoute(api: Api): void {
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/simulate',
      tags: ['scenarios'],
      summary: 'Play a scenario into a trace',
      description:
        'Answers the events that a kernel would have told: as scap, which Falco and sysdig read, or as jsonl.',
      request: {
        body: {
          required: true,
          content: {
            'application/json': { schema: Body, example: { scenario: FIRST_SCENARIO, to: 'jsonl' } },
            'multipart/form-data': { schema: Body },
          },
        },
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
  const shape = { lists: [], files: ['scenario'], yaml: 'scenario', maxBytes: MAX_REQUEST_BYTES };
  const { members } = await readForm(call.req.raw, shape);
  const { scenario, case: name, to } = parse(Body, textAsFile(members));
  const source = await scenarioSource(call, scenario);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const output = (chunk: Uint8Array) => void chunks.push(chunk as Uint8Array<ArrayBuffer>);
  const simulation = simulate(source, to, output, { case: name });
  if (simulation.scenario === undefined) {
    throw new Refusal('SCENARIO_REFUSED', `the scenario ${source.name} can't be played`, {
      diagnostics: simulation.diagnostics,
    });
  }
  const file = `${source.name.replace(/(\/scenario)?\.ya?ml$/, '').replaceAll(/[^\w.-]/g, '_')}.${to}`;
  return new Response(new Blob(chunks), {
    headers: {
      'content-type': TYPES[to],
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-store',
    },
  });
}

/** A body that is YAML is a scenario, not the name of one. */
function textAsFile(members: unknown): unknown {
  const { scenario, ...rest } = members as { scenario?: unknown };
  return typeof scenario === 'string' && scenario.includes('\n') ? { ...rest, scenario: { text: scenario } } : members;
}
