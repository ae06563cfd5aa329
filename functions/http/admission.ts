import { allows, type Scope } from '../store/scope.ts';
import type { Call } from './api.ts';
import { Refusal } from './problem.ts';
import { PERIOD_SECONDS } from './rate-limit.ts';

/** Lets a request of the API in, as the one who makes it; refuses one that may not do this, or does it too often. */
export async function admitCall(call: Call, needed: Scope): Promise<void> {
  const { access, rateLimit } = call.get('settings');
  const caller = await access.admit(call.req.raw, call.get('store'));
  call.set('caller', caller);
  if (caller.token !== undefined && rateLimit !== undefined) {
    const { success } = await rateLimit.limit({ key: caller.token });
    if (!success) {
      throw new Refusal('TOO_MANY_REQUESTS', 'this token made too many requests', {
        headers: { 'retry-after': String(PERIOD_SECONDS) },
      });
    }
  }
  if (allows(caller.scopes, needed)) return;
  throw new Refusal('NOT_ALLOWED', `this needs a token with the scope ${needed}`, {
    hint: `the token has ${caller.scopes.join(', ')}`,
  });
}
