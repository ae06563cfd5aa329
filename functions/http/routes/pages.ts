import type { Hono } from 'hono';
import type { Variables } from '../api.ts';

/** Pages by address; every other file of the site is found under its own name. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '/index.html',
  '/compare': '/index.html',
  '/traces': '/index.html',
  '/suites': '/index.html',
  '/practice': '/index.html',
  '/docs': '/docs.html',
};

type App = Hono<{ Variables: Variables }>;

/** `/healthz` and `/readyz`: probes have no token, and tell nothing that a stranger could use. */
export function serveProbes(app: App): void {
  app.get('/healthz', (call) => call.text('ok\n'));
  app.get('/readyz', async (call) => {
    await call.get('store')().reachable();
    return call.text('ok\n');
  });
}

/** Serves the pages and what they load. */
export function servePages(app: App): void {
  app.get('*', async (call, next) => {
    const { path } = call.req;
    const file = await call.get('settings').site.file(PAGES[path] ?? path);
    if (file === undefined || path.endsWith('.html')) return next();
    const headers = { 'content-type': file.contentType, 'cache-control': keepingOf(path) };
    return new Response(file.body, { headers });
  });
}

/** Names below `/assets/` tell the content of a file, so a browser never needs to ask for one again. */
function keepingOf(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
