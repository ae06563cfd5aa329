import { OpenAPIHono } from '@hono/zod-openapi';
import { refuseOtherMethods, type Api } from './api.ts';
import { serveOpenApi } from './openapi.ts';

/**
 * An app with some routes of the API.
 *
 * @param prepare adds what stands before all of them
 */
export function apiApp(prepare: (api: Api) => void, routes: readonly ((api: Api) => void)[]): Api {
  const api: Api = new OpenAPIHono({ strict: false });
  prepare(api);
  for (const add of routes) add(api);
  refuseOtherMethods(api);
  serveOpenApi(api);
  return api;
}
