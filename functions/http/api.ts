import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Caller } from './access.ts';
import type { Settings } from './settings.ts';

/** What a request carries through the app. */
export interface Variables {
  settings: Settings;
  caller: Caller;
}

/** The app that routes are added to. */
export type Api = OpenAPIHono<{ Variables: Variables }>;

/** One request within the app. */
export type Call = Context<{ Variables: Variables }>;

/**
 * Adds a route: its description goes into the OpenAPI document, its handler answers. The handler reads the request by
 * itself, because bodies are streamed and refused by our own rules; the description is written with the same schemas.
 */
export function addRoute(api: Api, description: RouteConfig, handler: (call: Call) => Promise<Response>): void {
  api.openAPIRegistry.registerPath(description);
  api.on(description.method, description.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler);
}
