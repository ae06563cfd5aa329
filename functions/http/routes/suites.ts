import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { MAX_NAME_CHARS, MAX_SUITE_FILES } from '../../../engine/model/limits.ts';
import { Runs } from '../../runs/runs.ts';
import type { StoredRuleSet, Suite } from '../../runs/suite.ts';
import { folders } from '../../store/folders.ts';
import { isName, KEYS } from '../../store/keys.ts';
import { VersionChain } from '../../store/version-chain.ts';
import { FIRST_RULES } from '../../greeting.ts';
import { tenantOf, type Api, type Call } from '../api.ts';
import { routeGroup } from '../route-group.ts';
import { audited } from '../audited.ts';
import { readJson } from '../json-body.ts';
import { usableRules } from '../load-rules.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { TraceId, jsonContent } from '../schemas.ts';
import { findTrace } from './traces.ts';

const Name = z
  .string()
  .refine(isName, 'is no name: small letters, digits, dots, hyphens and underscores, at most 64')
  .openapi({ example: 'node-attacks' });
const Files = z
  .array(z.strictObject({ name: z.string().min(1).max(MAX_NAME_CHARS), text: z.string() }))
  .min(1)
  .max(MAX_SUITE_FILES);
const RuleSetBody = z.strictObject({
  files: Files.openapi({ description: 'Rule files, in the order in which they are loaded.' }),
});
const SuiteBody = z.strictObject({
  files: Files.openapi({
    description: 'Test files (`*.test.yaml`) with the rules and scenarios that they name, by their paths.',
  }),
  traces: z
    .record(z.string().max(MAX_NAME_CHARS), TraceId)
    .default({})
    .openapi({ description: 'Ids of stored traces by the path that test files name them by.' }),
});
const RuleSetAnswer = z
  .object({ name: z.string(), version: z.number().int(), sha256: z.string() })
  .openapi('RuleSetVersion');
const SuiteAnswer = z.object({ name: z.string(), version: z.number().int() }).openapi('SuiteVersion');
const params = z.object({ name: Name });
const RULE_FILE = { name: 'my_rules.yaml', text: FIRST_RULES };
const TESTS = `rules: my_rules.yaml
tests:
  - name: a shell in nginx is told
    scenario:
      story: A web server is made to start a shell
      machine: { container: web, image: "docker.io/library/nginx:1.27" }
      actors: { nginx: nginx }
      steps:
        - nginx runs: sh -c id
    expect:
      - alert: Shell Spawned in Container
`;
const SUITE = { files: [RULE_FILE, { name: 'nodes.test.yaml', text: TESTS }] };

/** `/v1/rulesets` and `/v1/suites`: what runs are made of, kept in versions. */
export function addSuiteRoutes(api: Api): void {
  const route = routeGroup(api, 'runs');
  route(
    'put',
    '/v1/rulesets/{name}',
    {
      summary: 'Keep rule files under a name',
      description:
        'The files are kept by their content; the name becomes one of their versions. The same files again change nothing.',
      request: { params, body: { required: true, ...jsonContent(RuleSetBody, { files: [RULE_FILE] }) } },
      responses: { 200: { description: 'The version.', ...jsonContent(RuleSetAnswer) } },
    },
    putRuleSet,
  );
  route(
    'get',
    '/v1/rulesets',
    {
      summary: 'List rule sets',
      responses: {
        200: {
          description: 'Their names and current versions.',
          ...jsonContent(z.object({ rulesets: z.array(RuleSetAnswer) })),
        },
      },
    },
    listRuleSets,
  );
  route(
    'put',
    '/v1/suites/{name}',
    {
      summary: 'Keep a suite of tests',
      description: 'What `creance verify` would find in a folder, with recorded traces by their ids.',
      request: { params, body: { required: true, ...jsonContent(SuiteBody, SUITE) } },
      responses: { 200: { description: 'The version.', ...jsonContent(SuiteAnswer) } },
    },
    putSuite,
  );
  route(
    'get',
    '/v1/suites',
    {
      summary: 'List suites',
      responses: {
        200: {
          description: 'Their names and current versions.',
          ...jsonContent(z.object({ suites: z.array(SuiteAnswer) })),
        },
      },
    },
    listSuites,
  );
  route(
    'get',
    '/v1/suites/{name}',
    {
      summary: 'Show a suite',
      request: { params },
      responses: {
        200: { description: 'Its files and traces.', ...jsonContent(SuiteBody.extend({ version: z.number().int() })) },
      },
    },
    showSuite,
  );
}

/** The runs that a request may see. */
export function runsOf(call: Call): Runs {
  return new Runs(call.get('store')(), tenantOf(call));
}

/** The hash of a rule set: of the name that a request gives, or the hash itself. */
export async function ruleSetHash(call: Call, word: string): Promise<string> {
  const hash = /^[0-9a-f]{64}$/.test(word)
    ? word
    : isName(word)
      ? (await chainOf(call, word).current())?.value.sha256
      : undefined;
  if (hash !== undefined && (await runsOf(call).ruleSet(hash)) !== undefined) return hash;
  throw new Refusal('UNKNOWN_RULE_SET', `there is no rule set ${word.slice(0, 64)}`, {
    hint: 'GET /v1/rulesets lists those that are kept',
  });
}

function chainOf(call: Call, name: string): VersionChain<{ readonly sha256: string }> {
  return new VersionChain(call.get('store')(), KEYS.ruleSetName(tenantOf(call), name));
}

async function putRuleSet(call: Call): Promise<Response> {
  const name = nameOf(call);
  const { files } = await readJson(call.req.raw, RuleSetBody);
  usableRules(files, {});
  const stored: StoredRuleSet = { format: 1, files };
  const text = `${JSON.stringify(stored)}\n`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  await call
    .get('store')()
    .create(KEYS.ruleSet(tenantOf(call), sha256), text, 'application/json');
  const { version } = await chainOf(call, name).append({ sha256 });
  await audited(call, 'ruleset.put', name);
  return call.json({ name, version, sha256 });
}

async function listRuleSets(call: Call): Promise<Response> {
  const rulesets: object[] = [];
  for await (const name of folders(call.get('store')(), KEYS.ruleSetNames(tenantOf(call)))) {
    const current = await chainOf(call, name).current();
    if (current !== undefined) rulesets.push({ name, version: current.version, sha256: current.value.sha256 });
  }
  return call.json({ rulesets });
}

async function putSuite(call: Call): Promise<Response> {
  const name = nameOf(call);
  const { files, traces } = await readJson(call.req.raw, SuiteBody);
  for (const id of Object.values(traces)) await findTrace(call, id);
  const suite: Suite = { format: 1, files, traces };
  const { version } = await runsOf(call).suite(name).append(suite);
  await audited(call, 'suite.put', name);
  return call.json({ name, version });
}

async function listSuites(call: Call): Promise<Response> {
  const suites: object[] = [];
  for await (const name of folders(call.get('store')(), KEYS.suites(tenantOf(call)))) {
    const current = await runsOf(call).suite(name).current();
    if (current !== undefined) suites.push({ name, version: current.version });
  }
  return call.json({ suites });
}

async function showSuite(call: Call): Promise<Response> {
  const name = nameOf(call);
  const current = await runsOf(call).suite(name).current();
  if (current === undefined) throw unknownSuite(name);
  const { files, traces } = current.value;
  return call.json({ version: current.version, files, traces });
}

/** A refusal of a suite that is not there. */
export function unknownSuite(name: string): Refusal {
  return new Refusal('UNKNOWN_SUITE', `there is no suite ${name}`, {
    hint: 'GET /v1/suites lists those that are kept',
  });
}

function nameOf(call: Call): string {
  return parse(params, { name: call.req.param('name') ?? '' }).name;
}
