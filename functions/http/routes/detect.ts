import { z } from '@hono/zod-openapi';
import { Detection, type DetectOptions } from '../../../engine/detect.ts';
import { MAX_ALERTS_LISTED, MAX_NAME_CHARS } from '../../../engine/model/limits.ts';
import { alertJson, type AlertJsonOptions } from '../../../engine/output/alert-json.ts';
import { FIRST_RULES, FIRST_SCENARIO } from '../../greeting.ts';
import { answerRun, type Run } from '../answer.ts';
import { answerFormat } from '../answer-format.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { configurationFrom } from '../configuration.ts';
import { deferred } from '../deferral.ts';
import { DEFERRABLE, DEFERRED } from '../deferral-schemas.ts';
import { answerForm, type Form } from '../form.ts';
import { FoundLines } from '../found-lines.ts';
import { priorityFrom, usableRules, type UsableRules } from '../load-rules.ts';
import { parse } from '../parse.ts';
import { preparedRun } from '../prepared-run.ts';
import { reportJson } from '../report-json.ts';
import { feedAndTake, hostsOf, runInput, timezoneFrom, type RunInput } from '../run-input.ts';
import { Diagnostics, RULES_RUN_SHAPE, RUN_MEMBERS, runAnswers, runBody } from '../run-schemas.ts';
import { ConfigurationText, REFUSALS, RuleFiles } from '../schemas.ts';

const OPTIONS = {
  config: ConfigurationText.optional(),
  matching: z.enum(['first', 'all']).optional().openapi({
    description:
      "Falco's `rule_matching`: only the first rule that matches an event fires, or all do. `first` unless given here or in `config`.",
  }),
  priority: z
    .string()
    .max(MAX_NAME_CHARS)
    .optional()
    .openapi({ description: 'Rules less grave than this do not run.', example: 'notice' }),
  hostname: z
    .string()
    .max(MAX_NAME_CHARS)
    .default('creance')
    .openapi({ description: 'The `hostname` of alerts; never the machine that the service runs on.' }),
};
const Body = z.strictObject({ rules: RuleFiles, ...RUN_MEMBERS, ...OPTIONS });
const int64 = z.number().openapi({ type: 'integer', format: 'int64' });

const EXAMPLE = {
  scenario: FIRST_SCENARIO,
  rules: [{ name: 'my_rules.yaml', text: FIRST_RULES }],
};
const Alert = z
  .object({
    hostname: z.string(),
    output: z.string(),
    output_fields: z
      .looseObject({})
      .openapi({ description: 'Values of the fields in the output; integers are int64.' }),
    priority: z.string(),
    rule: z.string(),
    source: z.string(),
    tags: z.array(z.string()),
    time: z.string().openapi({ example: '2026-01-05T09:00:00.003820000Z' }),
  })
  .openapi('Alert', { description: 'An alert as Falco prints it in JSON.' });
const RuleTally = z.object({
  rule: z.string(),
  priority: z.string(),
  enabled: z.boolean(),
  fired: z.number().int().openapi({ description: 'Alerts that it raised.' }),
  undecidable: z.string().optional().openapi({
    description: 'Why this trace cannot decide the rule, where it cannot. It never changes an alert.',
  }),
});
const Report = z
  .object({
    events: z.number().int(),
    alerts: z.number().int().openapi({ description: 'All of them, also those that a long list leaves out.' }),
    firstTime: int64.nullable().openapi({ description: 'Nanoseconds since the epoch.' }),
    lastTime: int64.nullable(),
    rules: z.array(RuleTally),
    warnings: Diagnostics.openapi({ description: 'What Falco warns of in the rules, and advice beside it.' }),
    diagnostics: Diagnostics.openapi({ description: 'What was wrong with the trace.' }),
  })
  .openapi('Report');

/** `POST /v1/detect`: rules over a trace. */
export function addDetectRoute(api: Api): void {
  const form = {
    rules: z.array(z.string().openapi({ format: 'binary' })).openapi({ description: 'One part a file, in order.' }),
    ...RUN_MEMBERS,
    ...OPTIONS,
  };
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/detect',
      tags: ['rules'],
      summary: 'Run rules over an attack',
      description:
        'Loads rule files as Falco does and runs them over a scenario or a trace. Alerts come as Falco prints them in JSON, as soon as they are found where the answer is a stream.',
      request: { ...DEFERRABLE, body: runBody(Body, form, EXAMPLE) as never },
      responses: {
        200: { description: 'The alerts.', content: runAnswers('alerts', Alert, Report) as never },
        202: DEFERRED,
        ...REFUSALS,
      },
    },
    answer,
  );
}

function answer(call: Call): Promise<Response> {
  return answerForm(call.req.raw, RULES_RUN_SHAPE, (form) => detect(call, form));
}

async function detect(call: Call, form: Form): Promise<Response> {
  const body = parse(Body, form.members);
  const { configuration, warnings } = configurationFrom(body.config);
  const rules = usableRules(body.rules, { ...configuration?.load, ...priorityFrom(body.priority) });
  const later = await deferred(call, form, '/v1/detect');
  if (later !== undefined) return later;
  const input = await runInput(call, body, form.capture);
  const options = {
    hostname: body.hostname,
    hosts: hostsOf(input, body.hosts),
    timezone: timezoneFrom(body.timezone),
    ...configuration?.run,
    ...(body.matching === undefined ? {} : { matching: body.matching }),
  };
  const format = answerFormat(call, { list: 'alerts', entry: 'alert' }, MAX_ALERTS_LISTED);
  const given = { ...rules, warnings: [...warnings, ...rules.warnings] };
  return answerRun(call, format, run(call, given, input, options, configuration?.json));
}

async function* run(
  call: Call,
  { ruleSet, warnings }: UsableRules,
  input: RunInput,
  options: Omit<DetectOptions, 'onAlert'>,
  json: AlertJsonOptions | undefined,
): Run {
  const found = new FoundLines();
  const judged = yield* preparedRun(call, input, { ruleSet, options, json }, found);
  if (judged !== undefined) return reportJson(judged, { warnings, diagnostics: [] });
  const detection = new Detection(ruleSet, { ...options, onAlert: (alert) => found.add(alertJson(alert, json)) });
  const diagnostics = yield* feedAndTake(input, detection, found);
  return reportJson(detection.report(), { warnings, diagnostics });
}
