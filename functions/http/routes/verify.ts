import { z } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { MAX_FORM_PARTS, MAX_VERIFY_EVENTS, MAX_VERIFY_TESTS } from '../../../engine/model/limits.ts';
import type { Source } from '../../../engine/model/source.ts';
import { junitText } from '../../../engine/suite/formats/junit.ts';
import { sarifText } from '../../../engine/suite/formats/sarif.ts';
import { givenFiles } from '../../../engine/suite/given-files.ts';
import type { SuiteReport, TestResult } from '../../../engine/suite/result.ts';
import { Verification, type VerifyInput } from '../../../engine/verify.ts';
import { FIRST_RULES } from '../../greeting.ts';
import { CREANCE_VERSION } from '../../version.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { configurationFrom } from '../configuration.ts';
import { deferred } from '../deferral.ts';
import { DEFERRABLE, DEFERRED } from '../deferral-schemas.ts';
import { answerForm, type Form } from '../form.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { scenarioSource, sourcesOf } from '../run-input.ts';
import { RUN_FORM_BYTES, RUN_MEMBERS } from '../run-schemas.ts';
import { ConfigurationText, NamedText, REFUSALS, RuleFiles, ScenarioChoice } from '../schemas.ts';
import { givenTraces } from '../suite-input.ts';
import { SuiteReportSchema } from '../verify-schemas.ts';

const JUNIT = 'application/xml';
const SARIF = 'application/sarif+json';

const Body = z.strictObject({
  files: z.array(NamedText).max(MAX_FORM_PARTS).default([]).openapi({
    description:
      'Test files, whose names end in `.test.yaml`, and all files that they name: rules, scenarios, a configuration. A name is a path; what a test file names is relative to it.',
  }),
  scenarios: z.array(ScenarioChoice).max(MAX_FORM_PARTS).default([]).openapi({
    description: 'Scenarios that are tests by what they expect themselves: names in the library, or texts.',
  }),
  rules: RuleFiles.optional().openapi({
    description: 'Rules to be used in place of those that test files name; `scenarios` need them.',
  }),
  config: ConfigurationText.optional(),
  require: z
    .array(z.enum(['positive', 'negative']))
    .default([])
    .openapi({
      description: 'Sides on which every rule must have a test.',
    }),
  trace: RUN_MEMBERS.trace.openapi({
    description: 'The id of an uploaded trace. Tests call it `trace`, by its id, or by its name.',
  }),
});

const TESTS = `rules: my_rules.yaml
tests:
  - name: a shell in nginx is told, with its command
    scenario: attack.yaml
    expect:
      - alert: Shell Spawned in Container
        contains: command=sh -c id
      - no other alerts
`;
const ATTACK = `story: A web server is made to start a shell
machine: { container: web, image: "docker.io/library/nginx:1.27" }
actors: { nginx: nginx }
steps:
  - nginx runs: sh -c id
`;
const EXAMPLE = {
  files: [
    { name: 'my_rules.yaml', text: FIRST_RULES },
    { name: 'shell.test.yaml', text: TESTS },
    { name: 'attack.yaml', text: ATTACK },
  ],
};

/** `POST /v1/verify`: tests of rules. */
export function addVerifyRoute(api: Api): void {
  const file = z.string().openapi({ format: 'binary' });
  const form = z.object({
    ...Body.shape,
    files: z.array(file).optional(),
    rules: z.array(file).optional(),
    trace: file.optional().openapi({ description: 'A capture as a file, or the id of a stored one. It comes last.' }),
  });
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/verify',
      tags: ['rules'],
      summary: 'Run tests of rules',
      description:
        'Runs test files over scenarios and a trace, and tells of each expectation that is not met what was expected, what came, and what came nearest; and which rules have tests. `failed` and `errors` of the report are 0 when all is well. `Accept: application/xml` answers a JUnit report, `application/sarif+json` SARIF.',
      request: {
        ...DEFERRABLE,
        body: {
          required: true,
          content: {
            'application/json': { schema: Body, example: EXAMPLE },
            'multipart/form-data': { schema: form },
          },
        },
      },
      responses: {
        200: {
          description: 'What the tests came to.',
          content: {
            'application/json': { schema: SuiteReportSchema },
            [JUNIT]: { schema: z.string() },
            [SARIF]: { schema: z.looseObject({}) },
          },
        },
        202: DEFERRED,
        ...REFUSALS,
      },
    },
    answer,
  );
}

const SHAPE = {
  lists: ['files', 'scenarios', 'rules', 'require'],
  files: ['files', 'scenarios', 'rules', 'config'],
  capture: 'trace',
  needed: [],
  maxBytes: RUN_FORM_BYTES,
};

function answer(call: Call): Promise<Response> {
  return answerForm(call.req.raw, SHAPE, (form) => verify(call, form));
}

async function verify(call: Call, form: Form): Promise<Response> {
  const body = parse(Body, form.members);
  const files = sourcesOf(body.files, 'file');
  const scenarios = await Promise.all(body.scenarios.map((scenario) => scenarioSource(call, scenario)));
  const tests = files.filter(({ name }) => /\.test\.ya?ml$/.test(name));
  if (tests.length === 0 && scenarios.length === 0) {
    const message = 'there is no test: no file ends in .test.yaml, and no scenario is given';
    throw new Refusal('INVALID_REQUEST', message, { errors: [{ pointer: '/files', message }] });
  }
  if (scenarios.length > 0 && body.rules === undefined) {
    const message = 'scenarios need rules';
    throw new Refusal('INVALID_REQUEST', message, { errors: [{ pointer: '/rules', message }] });
  }
  const { configuration } = configurationFrom(body.config);
  const later = await deferred(call, form, '/v1/verify');
  if (later !== undefined) return later;
  const traces = await givenTraces(call, body.trace, form.capture);
  const inputs = [...inputsOf('test file', tests), ...inputsOf('scenario', scenarios)];
  const rules = body.rules && { sources: sourcesOf(body.rules, 'rules'), configuration };
  const verification = new Verification(inputs, givenFiles([...files, ...scenarios], traces), {
    rules,
    require: body.require,
  });
  const count = verification.tests.length;
  if (count > MAX_VERIFY_TESTS) {
    throw new Refusal('INVALID_REQUEST', `there are ${count} tests; a request has at most ${MAX_VERIFY_TESTS}`);
  }
  const run = call.get('runs').counted(runAll(verification));
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  return reportResponse(call, next.value);
}

function inputsOf(kind: VerifyInput['kind'], sources: readonly Source[]): VerifyInput[] {
  return sources.map((source) => ({ kind, source }));
}

async function* runAll(verification: Verification): AsyncGenerator<undefined, SuiteReport> {
  const results: TestResult[][] = [];
  let events = 0;
  for (let number = 0; number < verification.tests.length; number++) {
    const found = await verification.run(number);
    results.push(found);
    events += found.reduce((sum, test) => sum + test.events, 0);
    if (events > MAX_VERIFY_EVENTS) {
      const message = `the tests play more than ${MAX_VERIFY_EVENTS} events`;
      throw new Refusal('REQUEST_TOO_LARGE', message, { hint: 'divide them into several requests' });
    }
    yield;
    // Other requests are served between two tests.
    await new Promise<void>((resume) => setImmediate(resume));
  }
  return verification.report(results);
}

function reportResponse(call: Call, report: SuiteReport): Response {
  const type = accepts(call, {
    header: 'Accept',
    supports: ['application/json', JUNIT, 'text/xml', SARIF],
    default: 'application/json',
  });
  const isXml = type === JUNIT || type === 'text/xml';
  const text = isXml
    ? junitText(report)
    : type === SARIF
      ? sarifText(report, CREANCE_VERSION)
      : `${JSON.stringify(report)}\n`;
  return new Response(text, {
    headers: { 'content-type': isXml ? `${type}; charset=utf-8` : type, 'cache-control': 'no-store' },
  });
}
