import { z } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { changeJson } from '../../../engine/change/change-json.ts';
import { changeMarkdown } from '../../../engine/change/change-markdown.ts';
import type { ChangeRunOptions } from '../../../engine/change/change-run.ts';
import { labelOf, type Workload } from '../../../engine/change/workload.ts';
import { readChange, type RuleChange } from '../../../engine/diff.ts';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { MAX_DIAGNOSTICS, MAX_DIFF_SCENARIOS, MAX_NAME_CHARS } from '../../../engine/model/limits.ts';
import type { LoadResult } from '../../../engine/rules/loader.ts';
import { FIRST_RULES, FIRST_SCENARIO } from '../../greeting.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { configurationFrom } from '../configuration.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { ChangeReportSchema } from '../diff-schemas.ts';
import { deferred } from '../deferral.ts';
import { DEFERRABLE, DEFERRED } from '../deferral-schemas.ts';
import { answerForm, type Form } from '../form.ts';
import { FoundLines } from '../found-lines.ts';
import { priorityFrom } from '../load-rules.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { feedAndTake, hostsOf, runInput, sourcesOf, timezoneFrom, type RunInput } from '../run-input.ts';
import { RUN_FORM_BYTES, RUN_MEMBERS } from '../run-schemas.ts';
import { ConfigurationText, REFUSALS, RuleFiles, ScenarioChoice } from '../schemas.ts';

const MARKDOWN = 'text/markdown';
const label = z
  .enum(['attack', 'benign', 'unknown'])
  .optional()
  .openapi({ description: 'What the trace shows. A scenario that names a technique is an attack by itself.' });
const Body = z.strictObject({
  from: RuleFiles.openapi({ description: 'Rule files before the change, in order.' }),
  to: RuleFiles.openapi({ description: 'Rule files after the change, in order.' }),
  scenarios: z.array(ScenarioChoice).max(MAX_DIFF_SCENARIOS).default([]).openapi({
    description:
      'Scenarios to run both rule sets over: names in the library, or texts. One called `benign.yaml` is ordinary work.',
  }),
  trace: RUN_MEMBERS.trace,
  label,
  config: ConfigurationText.optional(),
  matching: z.enum(['first', 'all']).optional(),
  priority: z.string().max(MAX_NAME_CHARS).optional(),
  hosts: RUN_MEMBERS.hosts,
  timezone: RUN_MEMBERS.timezone,
});
const EXAMPLE = {
  from: [{ name: 'my_rules.yaml', text: FIRST_RULES }],
  to: [{ name: 'my_rules.yaml', text: FIRST_RULES.replace(' sh,', '') }],
  scenarios: [FIRST_SCENARIO],
};

/** `POST /v1/diff`: what a change of rules does to alerts. */
export function addDiffRoute(api: Api): void {
  const file = z.string().openapi({ format: 'binary' });
  const form = z.object({ ...Body.shape, from: z.array(file), to: z.array(file), trace: file.optional() });
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/diff',
      tags: ['rules'],
      summary: 'See what a change of rules does',
      description:
        'Runs the rules before and after a change over scenarios and a trace, in one pass, and tells which alerts are gone, new or changed, on which work, and which edit is behind each. Without any trace the rules are compared by themselves. With `Accept: text/markdown` the answer is a comment for a pull request.',
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
          description: 'What the change does.',
          content: {
            'application/json': { schema: ChangeReportSchema },
            [MARKDOWN]: { schema: z.string() },
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
  lists: ['from', 'to', 'scenarios'],
  files: ['from', 'to', 'scenarios', 'config'],
  capture: 'trace',
  needed: ['from', 'to'],
  maxBytes: RUN_FORM_BYTES,
};

function answer(call: Call): Promise<Response> {
  return answerForm(call.req.raw, SHAPE, (form) => diff(call, form));
}

async function diff(call: Call, form: Form): Promise<Response> {
  const body = parse(Body, form.members);
  const { configuration, warnings } = configurationFrom(body.config);
  const load = { ...configuration?.load, ...priorityFrom(body.priority) };
  const { change, from, to } = readChange(sourcesOf(body.from, 'from'), sourcesOf(body.to, 'to'), load);
  if (change === undefined) throw refused(from, to);
  const options = {
    timezone: timezoneFrom(body.timezone),
    ...configuration?.run,
    ...(body.matching === undefined ? {} : { matching: body.matching }),
  };
  const later = await deferred(call, form, '/v1/diff');
  if (later !== undefined) return later;
  const workloads = await workloadsOf(call, body, form);
  const run = call.get('runs').counted(runAll(change, workloads, body.hosts, options));
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  const report = change.report();
  const isMarkdown =
    accepts(call, { header: 'Accept', supports: ['application/json', MARKDOWN], default: 'application/json' }) ===
    MARKDOWN;
  const diagnostics = {
    from: listed(findingsOf(from)),
    to: listed([...warnings, ...findingsOf(to)]),
    traces: listed(next.value),
  };
  return new Response(isMarkdown ? changeMarkdown(report) : `${changeJson(report, { diagnostics })}\n`, {
    headers: {
      'content-type': isMarkdown ? `${MARKDOWN}; charset=utf-8` : 'application/json',
      'cache-control': 'no-store',
    },
  });
}

/** A trace of the request. */
interface GivenWorkload {
  readonly workload: Workload;
  readonly input: RunInput;
}

async function workloadsOf(call: Call, body: z.output<typeof Body>, form: Form): Promise<GivenWorkload[]> {
  const given: GivenWorkload[] = [];
  for (const [number, scenario] of body.scenarios.entries()) {
    const input = await runInput(call, { scenario }, undefined);
    const fallback = `scenario-${number + 1}.yaml`;
    const name = typeof scenario === 'string' ? scenario : (scenario.name ?? fallback);
    // A name in the library is that of a folder.
    const path = typeof scenario === 'string' ? `${scenario}/scenario.yaml` : name;
    const story = input.kind === 'scenario' ? input.scenario : undefined;
    given.push({ workload: { name, label: labelOf(path, story) }, input });
  }
  if (body.trace !== undefined || form.capture !== undefined) {
    const input = await runInput(call, { trace: body.trace }, form.capture);
    given.push({ workload: { name: body.trace ?? 'trace', label: body.label ?? 'unknown' }, input });
  }
  return given;
}

async function* runAll(
  change: RuleChange,
  workloads: readonly GivenWorkload[],
  hosts: string | undefined,
  options: ChangeRunOptions,
): AsyncGenerator<readonly string[], readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const nothing = new FoundLines();
  for (const { workload, input } of workloads) {
    const run = change.run(workload, { ...options, hosts: hostsOf(input, hosts) });
    found.push(...(yield* feedAndTake(input, run, nothing, run.wants)));
    // Other requests are served between two traces.
    await new Promise<void>((resume) => setImmediate(resume));
  }
  return found;
}

function refused(from: readonly LoadResult[], to: readonly LoadResult[]): Refusal {
  const failed = (results: readonly LoadResult[], side: string) =>
    results.filter(({ successful }) => !successful).map(({ source }) => `${source.name} of ${side}`);
  const names = [...failed(from, 'from'), ...failed(to, 'to')];
  const diagnostics = [...findingsOf(from), ...findingsOf(to)];
  return new Refusal('RULES_REFUSED', `Falco would not load ${names.join(', ')}`, { diagnostics });
}

function findingsOf(results: readonly LoadResult[]): Diagnostic[] {
  return results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
}

function listed(diagnostics: readonly Diagnostic[]): object[] {
  return diagnostics.slice(0, MAX_DIAGNOSTICS).map(diagnosticJson);
}
