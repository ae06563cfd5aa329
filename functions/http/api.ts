import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { Refusal } from './problem.ts';
import type { Caller } from './access.ts';
import type { RunLimit } from './run-limit.ts';
import type { Settings } from './settings.ts';

/** What a request carries through the app. */
export interface Variables {
  settings: Settings;
  caller: Caller;
  runs: RunLimit;
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

/** Refuses every other method at the addresses that routes were added for; call it after the last of them. */
export function refuseOtherMethods(api: Api): void {
  const methods = new Map<string, string[]>();
  for (const definition of api.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue;
    const { path, method } = definition.route;
    methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
  }
  for (const [path, known] of methods) {
    const allow = known.includes('GET') ? [...known, 'HEAD'] : known;
    api.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), ({ req }) => {
      throw new Refusal('METHOD_NOT_ALLOWED', `${req.path} takes ${known.join(' and ')}, not ${req.method}`, {
        headers: { allow: allow.join(', ') },
      });
    });
  }
}
