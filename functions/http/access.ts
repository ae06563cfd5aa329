import { Refusal } from './problem.ts';

/** Who may use the service, and what of it. */
export interface Access {
  /** Answers whose data the request works on; throws a Refusal for a request that may not come in. */
  admit(request: Request): Caller;
}

/** The one on whose behalf a request runs. */
export interface Caller {
  /** Part of object keys; made by the service. */
  readonly tenant: string;
}

/**
 * The development setting: no token, everybody on this machine may do everything. The server binds to 127.0.0.1, and
 * what comes through a browser must come from the service's own pages: a page elsewhere must not reach it, neither
 * directly (`Origin`, `Sec-Fetch-Site`) nor by a name of its own that points here (`Host`).
 */
export const LOCAL_ACCESS: Access = {
  admit(request) {
    const url = new URL(request.url);
    const host = request.headers.get('host') ?? url.host;
    if (!isLoopback(host)) {
      throw new Refusal('FOREIGN_HOST', `the Host is '${host}', not this machine`, {
        hint: 'without tokens the service answers on 127.0.0.1 and localhost only',
      });
    }
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== `http://${host}`) {
      throw new Refusal('FOREIGN_ORIGIN', `a page of ${origin} may not use this service`);
    }
    const site = request.headers.get('sec-fetch-site');
    if (site !== null && site !== 'same-origin' && site !== 'none' && !isVisit(request)) {
      throw new Refusal('FOREIGN_ORIGIN', 'a page of another origin may not use this service');
    }
    return { tenant: 'local' };
  },
};

/** No setting was made: nobody comes in. */
export const NO_ACCESS: Access = {
  admit() {
    throw new Refusal('ACCESS_NOT_CONFIGURED', 'nobody may use this service until its access is set', {
      hint: 'set CREANCE_ACCESS=local for use on one machine',
    });
  },
};

/** The access that `CREANCE_ACCESS` names. */
export function accessOf(setting: string | undefined): Access {
  return setting === 'local' ? LOCAL_ACCESS : NO_ACCESS;
}

function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
}

/** A link from elsewhere that a person followed to a page of ours. */
function isVisit(request: Request): boolean {
  const { method, headers } = request;
  return (
    method === 'GET' && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  );
}
