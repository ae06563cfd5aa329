import type { Scope } from '../store/scope.ts';
import { addRoute, type Api, type Call } from './api.ts';
import { REFUSALS } from './schemas.ts';

/** What the OpenAPI document says of a route, save for what its group says. */
interface About {
  readonly summary: string;
  readonly description?: string;
  readonly request?: object;
  readonly responses: object;
}

/** Adds one route of a group. */
type AddToGroup = (
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  about: About,
  handler: (call: Call) => Promise<Response>,
) => void;

/**
 * Adds routes that stand under one tag and refuse in the same ways.
 *
 * @param needs the scope that each of them needs; `read` for those that get, else `write`, when it is not given
 */
export function routeGroup(api: Api, tag: string, needs?: Scope): AddToGroup {
  return (method, path, about, handler) => {
    const responses = { ...about.responses, ...REFUSALS } as never;
    const scope = needs ?? (method === 'get' ? 'read' : 'write');
    addRoute(api, { method, path, tags: [tag], ...about, responses }, handler, scope);
  };
}
