import { Hono } from 'hono';
import { Metrics } from '../metrics/metrics.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Call, Variables } from './api.ts';
import { allowingOrigins } from './cors.ts';
import { RunLimit } from './run-limit.ts';
import { Refusal, problemResponse } from './problem.ts';
import { refusalOf } from './refusal-of.ts';
import { loggedPath, requestIdOf } from './request-log.ts';
import { groupOf, routesOf } from './routes/index.ts';
import { servePages, serveProbes } from './routes/pages.ts';
import { withSecurityHeaders } from './security-headers.ts';
import type { Settings } from './settings.ts';
import { TenantQuota } from './tenant-quota.ts';

type App = Hono<{ Variables: Variables }>;

/**
 * The whole service as one `fetch`: the same in workerd, on Node and in tests. It consists of an app for the pages and one
 * for each group of routes, which is made when it is asked for first.
 */
export function createApp(settings: Settings): { fetch(request: Request): Promise<Response> } {
  const prepare = preparing(settings);
  const pages: App = new Hono({ strict: false });
  prepare(pages);
  serveProbes(pages);
  servePages(pages);
  const groups = new Map<string, App>();
  return {
    async fetch(request) {
      const group = groupOf(new URL(request.url).pathname);
      if (group === undefined) return pages.fetch(request);
      let app = groups.get(group);
      if (app === undefined) {
        const [{ apiApp }, routes] = await Promise.all([import('./api-app.ts'), routesOf(group)]);
        app = apiApp(prepare, routes);
        groups.set(group, app);
      }
      return app.fetch(request);
    },
  };
}

/** What stands before every route, and what is shared by all of them. */
function preparing(settings: Settings): (app: App) => void {
  const runs = new RunLimit();
  const metrics = settings.metrics ?? new Metrics();
  const quota = new TenantQuota(settings.now, settings.quota);
  return (app) => {
    app.use(async (call, next) => {
      let store: ObjectStore | undefined;
      call.set('settings', settings);
      call.set('runs', runs);
      call.set('metrics', metrics);
      call.set('quota', quota);
      call.set('store', () => (store ??= settings.openStore()));
      call.set('requestId', requestIdOf(call.req.raw));
      const began = settings.now();
      await next();
      call.res = withSecurityHeaders(call.res, call.get('requestId'));
      told(call, settings.now() - began);
    });
    app.use(async ({ req }, next) => {
      settings.access.guard(req.raw);
      await next();
    });
    if (settings.origins !== undefined && settings.origins.length > 0) {
      app.use('/v1/*', allowingOrigins(settings.origins));
    }
    app.notFound(({ req }) =>
      problemResponse(new Refusal('NOT_FOUND', `there is nothing at ${req.method} ${req.path}`)),
    );
    app.onError((error) => problemResponse(refusalOf(error)));
  };
}

/** Counts and logs a request that was answered. */
function told(call: Call, ms: number): void {
  const { method, path } = call.req;
  const { status } = call.res;
  call.get('metrics').count(method, call.get('route') ?? 'other', status, ms / 1_000);
  const { log, now } = call.get('settings');
  const caller = call.get('caller');
  log?.({
    time: new Date(now()).toISOString(),
    request: call.get('requestId'),
    method,
    path: loggedPath(path),
    status,
    ms,
    tenant: caller?.tenant,
    token: caller?.token,
  });
}
