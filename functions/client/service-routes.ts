import type { ServiceApi } from './service-api.ts';

/** A route of the API by its method and path, as the OpenAPI document has it: `GET /v1/traces/{id}`. */
export type Route = keyof ServiceApi;

/** A route that answers JSON, or nothing. */
export type JsonRoute = { [R in Route]: ServiceApi[R] extends { readonly answer: unknown } ? R : never }[Route];

/** What a route answers. */
export type Answer<R extends JsonRoute> = ServiceApi[R]['answer'];

/** What a route is asked with: `params` of its path, `query`, `headers`, `body` or `bytes`. */
export type Asked<R extends Route> = ServiceApi[R]['request'];

/** The last argument of a request, which may be left out where nothing of it is needed. */
export type Given<T> = {} extends T ? [request?: T] : [request: T];

/** What any route may be asked with, without its types. */
export interface AnyRequest {
  readonly params?: Readonly<Record<string, string | number>>;
  /** A list is a name that is given several times. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as they are. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** The form in which the answer is wanted. */
  readonly accept?: string;
}

/** A route and what it is asked with, as a request to an address. */
export function requestFor(
  route: Route,
  { params = {}, query = {}, headers = {}, body, bytes, accept }: AnyRequest,
  base: URL,
): { readonly url: URL; readonly init: RequestInit & { readonly headers: Headers } } {
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${filled}`, base);
  for (const [name, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) url.searchParams.append(name, String(one));
  }
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) all.set(name, value);
  if (accept !== undefined) all.set('accept', accept);
  if (body !== undefined) all.set('content-type', 'application/json');
  const sent = body === undefined ? bytes : JSON.stringify(body);
  return { url, init: { method, headers: all, ...(sent === undefined ? {} : { body: sent }) } };
}
