import { OpenAPIHono } from '@hono/zod-openapi';
import { StoreUnavailable } from '../store/object-store.ts';
import { refuseOtherMethods, type Api } from './api.ts';
import { serveOpenApi } from './openapi.ts';
import { RunLimit } from './run-limit.ts';
import { Refusal, problemResponse } from './problem.ts';
import { addRoutes } from './routes/index.ts';
import { servePages } from './routes/pages.ts';
import { withSecurityHeaders } from './security-headers.ts';
import type { Settings } from './settings.ts';

/** The whole service as one `fetch`: the same in workerd, on Node and in tests. */
export function createApp(settings: Settings): { fetch(request: Request): Response | Promise<Response> } {
  const runs = new RunLimit();
  const api: Api = new OpenAPIHono({ strict: false });
  api.use(async (context, next) => {
    context.set('settings', settings);
    context.set('runs', runs);
    context.set('caller', settings.access.admit(context.req.raw));
    await next();
  });
  api.use(async (context, next) => {
    await next();
    context.res = withSecurityHeaders(context.res);
  });
  addRoutes(api);
  refuseOtherMethods(api);
  serveOpenApi(api);
  servePages(api);
  api.notFound(({ req }) => problemResponse(new Refusal('NOT_FOUND', `there is nothing at ${req.method} ${req.path}`)));
  api.onError((error) => withSecurityHeaders(problemResponse(refusalOf(error))));
  return { fetch: (request) => api.fetch(request) };
}

function refusalOf(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable) {
    console.error(error.message);
    return new Refusal('STORE_UNAVAILABLE', 'the object store does not answer; try again', {
      headers: { 'retry-after': '5' },
    });
  }
  console.error(error);
  return new Refusal('INTERNAL', 'the service failed on this request; its log says more');
}
