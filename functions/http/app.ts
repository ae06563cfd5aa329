import { OpenAPIHono } from '@hono/zod-openapi';
import { Metrics } from '../metrics/metrics.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { refuseOtherMethods, type Api, type Call } from './api.ts';
import { allowingOrigins } from './cors.ts';
import { serveOpenApi } from './openapi.ts';
import { RunLimit } from './run-limit.ts';
import { Refusal, problemResponse } from './problem.ts';
import { refusalOf } from './refusal-of.ts';
import { loggedPath, requestIdOf } from './request-log.ts';
import { addRoutes } from './routes/index.ts';
import { servePages } from './routes/pages.ts';
import { withSecurityHeaders } from './security-headers.ts';
import type { Settings } from './settings.ts';
import { TenantQuota } from './tenant-quota.ts';

/** The whole service as one `fetch`: the same in workerd, on Node and in tests. */
export function createApp(settings: Settings): { fetch(request: Request): Response | Promise<Response> } {
  const runs = new RunLimit();
  const metrics = settings.metrics ?? new Metrics();
  const quota = new TenantQuota(settings.now, settings.quota);
  const api: Api = new OpenAPIHono({ strict: false });
  api.use(async (call, next) => {
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
  api.use(async ({ req }, next) => {
    settings.access.guard(req.raw);
    await next();
  });
  if (settings.origins !== undefined && settings.origins.length > 0) {
    api.use('/v1/*', allowingOrigins(settings.origins));
  }
  addRoutes(api);
  refuseOtherMethods(api);
  serveOpenApi(api);
  servePages(api);
  api.notFound(({ req }) => problemResponse(new Refusal('NOT_FOUND', `there is nothing at ${req.method} ${req.path}`)));
  api.onError((error) => problemResponse(refusalOf(error)));
  return { fetch: (request) => api.fetch(request) };
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
