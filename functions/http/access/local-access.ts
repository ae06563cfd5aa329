import { Refusal } from '../problem.ts';
import type { Access } from './access.ts';

/**
 * The development setting: no token, everybody on this machine may do everything. The server binds to 127.0.0.1, and
 * what comes through a browser must come from the service's own pages: a page elsewhere must not reach it, neither
 * directly (`Origin`, `Sec-Fetch-Site`) nor by a name of its own that points here (`Host`).
 */
export const LOCAL_ACCESS: Access = {
  guard(request) {
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
  },
  async admit() {
    return { tenant: 'local', scopes: ['admin'], token: undefined };
  },
};

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
