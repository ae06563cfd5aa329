import type { Api } from '../api.ts';

/** Pages by address; every other file of the site is found under its own name. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '/index.html',
  '/compare': '/index.html',
  '/traces': '/index.html',
  '/suites': '/index.html',
  '/practice': '/index.html',
  '/docs': '/docs.html',
};

/** Serves the pages and what they load. */
export function servePages(api: Api): void {
  api.get('*', async (call, next) => {
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
