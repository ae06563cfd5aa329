import type { ObjectStore } from '../../store/object-store.ts';
import { Refusal } from '../problem.ts';
import { LOCAL_ACCESS } from './local-access.ts';
import type { Scope } from '../../store/scope.ts';
import { tokenAccess } from './token-access.ts';

/** Who may use the service, and what of it. */
export interface Access {
  /** Looks at every request, also for pages; throws a Refusal for one that may not come in at all. */
  guard(request: Request): void;
  /** Answers on whose behalf a request of the API runs; throws a Refusal for one that says so wrongly or not at all. */
  admit(request: Request, store: () => ObjectStore): Promise<Caller>;
}

/** The one on whose behalf a request runs. */
export interface Caller {
  /** Part of object keys; made by the service. */
  readonly tenant: string;
  readonly scopes: readonly Scope[];
  /** The public id of the token; undefined where none is asked for. */
  readonly token: string | undefined;
}

/** No setting was made: nobody comes in. */
export const NO_ACCESS: Access = {
  guard() {},
  async admit() {
    throw new Refusal('ACCESS_NOT_CONFIGURED', 'nobody may use this service until its access is set', {
      hint: 'set CREANCE_ACCESS=tokens, or CREANCE_ACCESS=local for use on one machine',
    });
  },
};

/**
 * The access that `CREANCE_ACCESS` names: `local`, `tokens`; anything else lets nobody in.
 *
 * @param now milliseconds since the epoch
 */
export function accessOf(setting: string | undefined, now: () => number): Access {
  if (setting === 'local') return LOCAL_ACCESS;
  return setting === 'tokens' ? tokenAccess(now) : NO_ACCESS;
}
