import type { RunState } from '../runs/run.ts';
import { isTraceId } from '../store/keys.ts';
import type { Call } from './api.ts';
import { Refusal } from './problem.ts';
import { runsOf } from './routes/suites.ts';

/** The run that the path of a request names; refuses an id that isn't known. */
export async function findRun(call: Call): Promise<RunState> {
  const id = call.req.param('id') ?? '';
  const state = isTraceId(id) ? await runsOf(call).state(id) : undefined;
  if (state !== undefined) return state;
  throw new Refusal('UNKNOWN_RUN', `there is no run ${id.slice(0, 64)}`, { hint: 'GET /v1/runs lists them' });
}
