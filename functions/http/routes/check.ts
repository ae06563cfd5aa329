import { z } from '@hono/zod-openapi';
import { check, loadResultsJson } from '../../../engine/check.ts';
import { MAX_REQUEST_BYTES } from '../../../engine/model/limits.ts';
import { FIRST_RULES } from '../../greeting.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { configurationFrom } from '../configuration.ts';
import { readForm } from '../form.ts';
import { parse } from '../parse.ts';
import { sourcesOf } from '../run-input.ts';
import { ConfigurationText, REFUSALS, RuleFiles } from '../schemas.ts';

const Body = z.strictObject({ rules: RuleFiles, config: ConfigurationText.optional() });
const place = z.object({ column: z.number().int(), line: z.number().int(), offset: z.number().int() });
const Exact = z
  .object({
    hint: z.string().optional(),
    span: z.object({ end: place, name: z.string(), start: place }).optional(),
  })
  .openapi({ description: 'Not of Falco: the exact place, and what to do. Lines and columns count from 1.' });
const Entry = z
  .object({
    code: z.string().openapi({ example: 'LOAD_ERR_COMPILE_CONDITION' }),
    codedesc: z.string(),
    context: z.looseObject({}).openapi({ description: "Falco's own places and its snippet." }),
    creance: Exact,
    message: z.string(),
  })
  .openapi('LoadEntry');
const Lint = z.object({ code: z.string(), creance: Exact, message: z.string() }).openapi('Lint');
const Result = z
  .object({
    errors: z.array(Entry),
    lints: z.array(Lint).openapi({ description: 'Advice of Creance, beside what Falco says.' }),
    name: z.string(),
    schema_valid: z.boolean().optional(),
    schema_warnings: z.array(z.string()).optional(),
    successful: z.boolean(),
    warnings: z.array(Entry),
  })
  .openapi('LoadResult');

/** `POST /v1/check`: do these rule files load? */
export function addCheckRoute(api: Api): void {
  const file = z.string().openapi({ format: 'binary' });
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/check',
      tags: ['rules'],
      summary: 'Check rule files',
      description:
        'Loads rule files as `falco -V` does and answers what it prints with `json_output: true`, plus exact places. Rules with errors are an answer here, not a refusal: look at `successful`.',
      request: {
        body: {
          required: true,
          content: {
            'application/json': { schema: Body, example: { rules: [{ name: 'my_rules.yaml', text: FIRST_RULES }] } },
            'multipart/form-data': { schema: z.object({ rules: z.array(file), config: file.optional() }) },
            'application/yaml': { schema: z.string() },
          },
        },
      },
      responses: {
        200: {
          description: 'One result a file.',
          content: { 'application/json': { schema: z.object({ falco_load_results: z.array(Result) }) } },
        },
        ...REFUSALS,
      },
    },
    answer,
  );
}

async function answer(call: Call): Promise<Response> {
  const shape = { lists: ['rules'], files: ['rules', 'config'], yaml: 'rules', maxBytes: MAX_REQUEST_BYTES };
  const { members } = await readForm(call.req.raw, shape);
  const { rules, config } = parse(Body, members);
  const options = configurationFrom(config).configuration?.load;
  return new Response(`${loadResultsJson(check(sourcesOf(rules, 'rules'), options))}\n`, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
