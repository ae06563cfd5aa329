import type { Api } from '../api.ts';

/** Pages by address; every other file of the site is found under its own name. */
const PAGES: Readonly<Record<string, string>> = { '/': '/index.html', '/docs': '/docs.html' };

/** Serves the pages and what they load. */
export function servePages(api: Api): void {
  api.get('*', async (call, next) => {
    const { path } = call.req;
    const file = await call.get('settings').site.file(PAGES[path] ?? path);
    if (file === undefined || path.endsWith('.html')) return next();
    return new Response(file.body, { headers: { 'content-type': file.contentType, 'cache-control': 'no-cache' } });
  });
}
