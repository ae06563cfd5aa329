import { MAX_DETECT_EVENTS, MAX_DETECT_TRACE_BYTES } from '../../engine/model/limits.ts';
import { isTraceId } from '../store/keys.ts';
import { allows } from '../store/scope.ts';
import { TraceIndexer } from '../traces/indexer.ts';
import { tenantOf, type Call } from './api.ts';
import { audited } from './audited.ts';
import { NDJSON } from './answer-format.ts';
import type { Form } from './form.ts';
import { Refusal } from './problem.ts';
import { beganRun, knownWebhooks, roomForRun } from './begin-run.ts';
import { tracesOf } from './routes/traces.ts';
import { runsOf } from './routes/suites.ts';

/**
 * Answers a request by a run, where it asks for that (`Prefer: respond-async`, RFC 7240, or `deliver`) or where its
 * trace is too large for one request; undefined where it is to be answered now. A capture that came along is kept as a
 * trace, which needs the scope to write; a token without it has its answer now.
 *
 * @param members of the request, already checked
 */
export async function deferred(call: Call, form: Form, path: string): Promise<Response | undefined> {
  const settings = call.get('settings');
  if (settings.isBackground === true) return undefined;
  const members = form.members as { readonly trace?: string };
  const webhooks = await knownWebhooks(call, call.req.queries('deliver') ?? [], path === '/v1/detect');
  const isAsked = webhooks.length > 0 || prefersAsync(call.req.header('prefer'));
  if (!isAsked && !(await isTooLarge(call, form, members.trace))) return undefined;
  const mayWrite = allows(call.get('caller')?.scopes ?? [], 'write');
  if (!mayWrite && (form.capture !== undefined || webhooks.length > 0)) {
    if (webhooks.length === 0) return undefined;
    throw new Refusal('NOT_ALLOWED', 'to have webhooks told needs a token with the scope write');
  }
  await roomForRun(call);
  const trace = form.capture === undefined ? members.trace : await kept(call, form);
  const body = JSON.stringify({ ...members, ...(trace === undefined ? {} : { trace }) });
  const accept = webhooks.length > 0 && path === '/v1/detect' ? NDJSON : (call.req.header('accept') ?? '*/*');
  const createdAt = new Date(settings.now()).toISOString();
  const begun = await runsOf(call).beginAnswer({ path, accept, body }, createdAt);
  await audited(call, 'run.begin', begun.plan.id);
  return beganRun(call, begun, webhooks, isAsked ? { 'preference-applied': 'respond-async' } : {});
}

function prefersAsync(header: string | undefined): boolean {
  return (header ?? '').split(/[,;]/).some((word) => word.trim().toLowerCase() === 'respond-async');
}

async function isTooLarge(call: Call, { capture }: Form, trace: string | undefined): Promise<boolean> {
  const most = call.get('settings').traceBudget ?? MAX_DETECT_TRACE_BYTES;
  if (capture !== undefined) return capture.arriving && Number(call.req.header('content-length') ?? 0) > most;
  const manifest = trace !== undefined && isTraceId(trace) ? await tracesOf(call).find(trace) : undefined;
  // What is wrong with the request otherwise is told by whoever answers it.
  if (manifest === undefined) return false;
  const { now, eventBudget } = call.get('settings');
  const index = await new TraceIndexer(call.get('store')(), tenantOf(call), now).index(manifest.id);
  return manifest.size > most || (index?.events ?? 0) > (eventBudget ?? MAX_DETECT_EVENTS);
}

/** Keeps the capture of a request as a trace; gives its id. */
async function kept(call: Call, { capture }: Form): Promise<string> {
  const { name, chunks } = capture as NonNullable<Form['capture']>;
  const createdAt = new Date(call.get('settings').now()).toISOString();
  const stored = await tracesOf(call).create({ name, chunks, createdAt });
  if ('refused' in stored)
    throw new Refusal('TRACE_REFUSED', stored.refused.message, { diagnostics: [stored.refused] });
  await audited(call, 'trace.create', stored.manifest.id);
  return stored.manifest.id;
}
