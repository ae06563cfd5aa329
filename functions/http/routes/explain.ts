import { z } from '@hono/zod-openapi';
import { explain, isRefused, type Explaining, type Question } from '../../../engine/explain.ts';
import { answerJson } from '../../../engine/explanation/explanation-json.ts';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { MAX_DIAGNOSTICS, MAX_NAME_CHARS, MAX_NEAR_MISSES_KEPT } from '../../../engine/model/limits.ts';
import { FIRST_RULES, FIRST_SCENARIO } from '../../greeting.ts';
import { addRoute, type Api, type Call } from '../api.ts';
import { configurationFrom } from '../configuration.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { deferred } from '../deferral.ts';
import { DEFERRABLE, DEFERRED } from '../deferral-schemas.ts';
import { ExplanationSchema } from '../explain-schemas.ts';
import { answerForm, type Form } from '../form.ts';
import { FoundLines } from '../found-lines.ts';
import { priorityFrom, usableRules } from '../load-rules.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { feedAndTake, hostsOf, runInput, timezoneFrom, type RunInput } from '../run-input.ts';
import { Diagnostics, RULES_RUN_SHAPE, RUN_MEMBERS, runBody } from '../run-schemas.ts';
import { ConfigurationText, REFUSALS, RuleFiles } from '../schemas.ts';

/** A number in JSON, or its digits in a form. */
const number = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : value),
    z.number().int().min(0).max(most),
  );
const OPTIONS = {
  event: number(Number.MAX_SAFE_INTEGER)
    .optional()
    .openapi({ type: 'integer', description: '`evt.num` of an event. Without it: the near misses of the rule.' }),
  rule: z.string().max(MAX_NAME_CHARS).optional().openapi({
    description:
      'Name of a rule. Without it: all rules that can see the event, those that fired first, then the nearest.',
  }),
  most: number(MAX_NEAR_MISSES_KEPT)
    .optional()
    .openapi({ type: 'integer', description: 'How many different near misses are told; 10 unless given.' }),
  config: ConfigurationText.optional(),
  matching: z
    .enum(['first', 'all'])
    .optional()
    .openapi({ description: "Falco's `rule_matching`; `first` unless given here or in `config`." }),
  priority: z
    .string()
    .max(MAX_NAME_CHARS)
    .optional()
    .openapi({ description: 'Rules less grave than this do not run.', example: 'notice' }),
};
const Body = z.strictObject({ rules: RuleFiles, ...RUN_MEMBERS, ...OPTIONS });
const EXAMPLE = {
  scenario: FIRST_SCENARIO,
  rules: [{ name: 'my_rules.yaml', text: FIRST_RULES }],
  rule: 'Shell Spawned in Container',
};

/** `POST /v1/explain`: why a rule fired or did not fire. */
export function addExplainRoute(api: Api): void {
  const form = {
    rules: z.array(z.string().openapi({ format: 'binary' })).openapi({ description: 'One part a file, in order.' }),
    ...RUN_MEMBERS,
    ...OPTIONS,
  };
  const whole = z.object({ explanation: ExplanationSchema, warnings: Diagnostics, diagnostics: Diagnostics });
  addRoute(
    api,
    {
      method: 'post',
      path: '/v1/explain',
      tags: ['rules'],
      summary: 'See why a rule fired or did not fire',
      description:
        "With `event` and `rule`: the rule's condition as a truth table, through macros, lists and exceptions, with the values read and the reasons. With `event` alone: all rules that can see it. With `rule` alone: its near misses in the whole trace, that is the events for which the fewest checks would have to say the opposite.",
      request: { ...DEFERRABLE, body: runBody(Body, form, EXAMPLE) as never },
      responses: {
        200: { description: 'The explanation.', content: { 'application/json': { schema: whole } } },
        202: DEFERRED,
        ...REFUSALS,
      },
    },
    answer,
  );
}

function answer(call: Call): Promise<Response> {
  return answerForm(call.req.raw, RULES_RUN_SHAPE, (form) => explainForm(call, form));
}

async function explainForm(call: Call, form: Form): Promise<Response> {
  const body = parse(Body, form.members);
  const { configuration, warnings } = configurationFrom(body.config);
  const load = { ...configuration?.load, ...priorityFrom(body.priority) };
  const rules = usableRules(body.rules, load);
  const question = questionFrom(body);
  const later = await deferred(call, form, '/v1/explain');
  if (later !== undefined) return later;
  const input = await runInput(call, body, form.capture);
  const explaining = explain(rules.ruleSet, question, {
    hosts: hostsOf(input, body.hosts),
    timezone: timezoneFrom(body.timezone),
    ...configuration?.run,
    ...(load.priority === undefined ? {} : { priority: load.priority }),
    ...(body.matching === undefined ? {} : { matching: body.matching }),
    ...(body.most === undefined ? {} : { most: body.most }),
  });
  if (isRefused(explaining)) throw refusal('UNKNOWN_RULE', explaining);
  const run = call.get('runs').counted(runOver(explaining, input));
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  const found = explaining.answer();
  if (found.kind === 'refused') throw refusal('UNKNOWN_EVENT', found.diagnostic);
  const list = (diagnostics: readonly Diagnostic[]): string =>
    JSON.stringify(diagnostics.slice(0, MAX_DIAGNOSTICS).map(diagnosticJson));
  const members = [
    `"explanation":${answerJson(found)}`,
    `"warnings":${list([...warnings, ...rules.warnings])}`,
    `"diagnostics":${list(next.value)}`,
  ];
  return new Response(`{${members.join(',')}}\n`, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

async function* runOver(
  explaining: Explaining,
  input: RunInput,
): AsyncGenerator<readonly string[], readonly Diagnostic[]> {
  return yield* feedAndTake(input, explaining, new FoundLines(), explaining.wants);
}

function questionFrom({ event, rule }: z.output<typeof Body>): Question {
  if (event === undefined && rule === undefined) {
    const message = 'at least one of event and rule is needed';
    throw new Refusal('INVALID_REQUEST', message, { errors: [{ pointer: '/event', message }] });
  }
  return { ...(event === undefined ? {} : { event }), ...(rule === undefined ? {} : { rule }) };
}

function refusal(code: 'UNKNOWN_RULE' | 'UNKNOWN_EVENT', { message, hint }: Diagnostic): Refusal {
  return new Refusal(code, message, hint === undefined ? {} : { hint });
}
