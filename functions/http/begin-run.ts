import { MAX_RUNS_GOING, MAX_WEBHOOKS_TOLD } from '../../engine/model/limits.ts';
import type { RunState } from '../runs/run.ts';
import type { Begun } from '../runs/runs.ts';
import { isName } from '../store/keys.ts';
import { WebhookStore } from '../runs/webhook-store.ts';
import { tenantOf, type Call } from './api.ts';
import { Refusal } from './problem.ts';
import { runsOf } from './routes/suites.ts';
import { shownRun } from './run-view.ts';

/** Answers for a run that was begun, now or before, and hands out its shards. */
export async function beganRun(
  call: Call,
  { plan, isNew }: Begun,
  webhooks: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const runs = runsOf(call);
  const isToBeTold = await runs.ask(plan.id, webhooks);
  const before = (await runs.state(plan.id)) as RunState;
  const isAtOnce = isNew || (isToBeTold && before.state !== 'running');
  if (isNew) call.get('metrics').observe({ what: 'run begun', kind: plan.kind });
  const { dispatch, now } = call.get('settings');
  await dispatch(isAtOnce ? await runs.lost(plan.id) : await runs.lostOf(before, now()));
  const state = isNew ? ((await runs.state(plan.id)) as RunState) : before;
  return call.json(await shownRun(call, state), state.state === 'done' ? 200 : 202, {
    location: `/v1/runs/${plan.id}`,
    ...headers,
  });
}

/** Refuses a new run where too many go on. */
export async function roomForRun(call: Call): Promise<void> {
  if ((await runsOf(call).going(MAX_RUNS_GOING)) < MAX_RUNS_GOING) return;
  throw new Refusal('TOO_MANY_RUNS', `${MAX_RUNS_GOING} runs are going on`, {
    hint: 'wait for some, or cancel them',
    headers: { 'retry-after': '30' },
  });
}

/**
 * Names of webhooks of a request, each once; refuses one that is not kept.
 *
 * @param hasAlerts whether the run has alerts, which some webhooks want
 */
export async function knownWebhooks(
  call: Call,
  names: readonly string[],
  hasAlerts: boolean,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const webhooks = [...new Set(names)];
  if (webhooks.length > MAX_WEBHOOKS_TOLD) {
    throw new Refusal('INVALID_REQUEST', `a run tells at most ${MAX_WEBHOOKS_TOLD} webhooks`);
  }
  const store = new WebhookStore(call.get('store')(), tenantOf(call));
  for (const name of webhooks) {
    const webhook = isName(name) ? await store.find(name) : undefined;
    if (webhook === undefined) throw unknownWebhook(name);
    if (webhook.format === 'falco' && !hasAlerts) {
      throw new Refusal('INVALID_REQUEST', `${name} takes alerts, which only a run of /v1/detect has`);
    }
  }
  return webhooks;
}

/** A refusal of a webhook that is not kept. */
export function unknownWebhook(name: string): Refusal {
  return new Refusal('UNKNOWN_WEBHOOK', `there is no webhook ${name.slice(0, 64)}`, {
    hint: 'PUT /v1/webhooks/NAME keeps one',
  });
}
