import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Metrics } from '../metrics/metrics.ts';
import { Refusal } from './problem.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Scope } from '../store/scope.ts';
import type { Caller } from './access/access.ts';
import { admitCall } from './admission.ts';
import { IDEMPOTENCY_HEADERS, idempotent } from './idempotency.ts';
import type { RunLimit } from './run-limit.ts';
import type { Settings } from './settings.ts';
import type { TenantQuota } from './tenant-quota.ts';

/** What a request carries through the app. */
export interface Variables {
  settings: Settings;
  /** Set once the request is let in. */
  caller: Caller | undefined;
  /** The store, opened at its first use. */
  store: () => ObjectStore;
  runs: RunLimit;
  quota: TenantQuota;
  metrics: Metrics;
  requestId: string;
  /** The path of the route as the API describes it. */
  route: string | undefined;
}

/** The app that routes are added to. */
export type Api = OpenAPIHono<{ Variables: Variables }>;

/** One request within the app. */
export type Call = Context<{ Variables: Variables }>;

/** The tenant on whose data a request works; only routes have one. */
export function tenantOf(call: Call): string {
  const caller = call.get('caller');
  if (caller === undefined) throw new Error('a request was not let in before it was worked on');
  return caller.tenant;
}

/**
 * Adds a route: its description goes into the OpenAPI document, its handler answers. The handler reads the request by
 * itself, because bodies are streamed and refused by our own rules; the description is written with the same schemas.
 *
 * @param needs the scope that a token must have for it
 */
export function addRoute(
  api: Api,
  description: RouteConfig,
  handler: (call: Call) => Promise<Response>,
  needs: Scope = 'read',
): void {
  const writes = description.method !== 'get' && needs !== 'read';
  api.openAPIRegistry.registerPath({
    ...(writes ? withIdempotencyKey(description) : description),
    security: [{ token: [needs] }],
  });
  api.on(description.method, pattern(description.path), async (call) => {
    call.set('route', description.path);
    await admitCall(call, needs);
    return writes ? idempotent(call, tenantOf(call), handler) : handler(call);
  });
}

function withIdempotencyKey(description: RouteConfig): RouteConfig {
  return { ...description, request: { ...description.request, headers: IDEMPOTENCY_HEADERS } };
}

/**
 * A path of the description as the router writes it. A name at the end may hold slashes, as those of scenarios in
 * folders of the library do; what doesn't is refused by who looks it up. A practice task is named by its group and its
 * own name, wherever it stands in the path, and the slash between them may be encoded.
 */
function pattern(path: string): string {
  return path
    .replace(/\{name\}$/, ':name{.+}')
    .replace('{task}', ':task{[a-z0-9-]+(?:(?:/|%2F)[a-z0-9-]+)?}')
    .replaceAll(/\{(\w+)\}/g, ':$1');
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
    api.all(pattern(path), ({ req }) => {
      throw new Refusal('METHOD_NOT_ALLOWED', `${req.path} takes ${known.join(' and ')}, not ${req.method}`, {
        headers: { allow: allow.join(', ') },
      });
    });
  }
}
