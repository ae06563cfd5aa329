import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SiteFiles } from './bundle-pages.ts';

/** What a page needs to work without a network; other files are kept once they were asked for. */
const KEPT_AT_ONCE =
  /^(assets\/|index\.html$|library\.json$|rules\/|mark\.svg$|scenarios\/intrusions\/webshell-to-miner\.yaml$)/;

/** The service worker that keeps the page, with the list of files that it keeps. */
export function offlineWorker(files: ReadonlyMap<string, Uint8Array>, version: string): SiteFiles {
  const kept = [...files.keys()].filter((name) => KEPT_AT_ONCE.test(name)).toSorted();
  const hash = createHash('sha256');
  for (const name of kept) hash.update(name).update(files.get(name) as Uint8Array);
  const paths = kept.map((name) => (name === 'index.html' ? '/' : `/${name}`));
  const head = `const VERSION = ${JSON.stringify(`${version}-${hash.digest('hex').slice(0, 16)}`)};\nconst KEPT = ${JSON.stringify(paths)};\n`;
  const body = readFileSync(new URL('offline.js', import.meta.url), 'utf8');
  return [['offline.js', new TextEncoder().encode(head + body)]];
}
