import { MAX_WEBHOOK_MS } from '../engine/model/limits.ts';
import { refusedUrl } from './runs/public-address.ts';
import type { Post } from './runs/webhook.ts';

/**
 * Sends messages to webhooks from workerd. Its network is the public internet, as long as no other is bound
 * (`global_fetch_strictly_public`), so that names need not be looked up here.
 *
 * @param allowsPrivate also `http:` and addresses of one's own network
 */
export function fetchPost(allowsPrivate: boolean): Post {
  return async (url, headers, body) => {
    const refused = refusedUrl(url, allowsPrivate);
    if (refused !== undefined) throw new Error(`the address ${refused}`);
    const signal = AbortSignal.timeout(MAX_WEBHOOK_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }).catch(
      (error: unknown) => {
        // Without the address: it may be a secret.
        const isLate = (error as Error).name === 'TimeoutError';
        throw new Error(isLate ? `no answer within ${MAX_WEBHOOK_MS} ms` : 'the receiver cannot be reached');
      },
    );
    await answer.body?.cancel();
    return answer.status;
  };
}
