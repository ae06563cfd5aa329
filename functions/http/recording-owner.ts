import { allows } from '../store/scope.ts';
import type { Call } from './api.ts';
import { Refusal } from './problem.ts';

/** What a recording belongs to: the token that began it, where tokens are asked for. */
interface Owned {
  readonly id: string;
  readonly token?: string | undefined;
}

/**
 * Refuses a token of a recorder for a recording that another one began: it lies on a node, where it may be stolen, and
 * must not spoil what the others record. Whoever may write at all may write to it too.
 */
export function refuseOthers(call: Call, { id, token }: Owned): void {
  const caller = call.get('caller');
  if (token === undefined || caller === undefined || caller.token === token || allows(caller.scopes, 'write')) return;
  throw new Refusal('RECORDING_OF_ANOTHER', `the recording ${id} was begun with another token`, {
    hint: 'begin one with another key, or use a token with the scope write',
  });
}
