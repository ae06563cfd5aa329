import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentTypeOf, type Site, type SiteFile } from './http/site.ts';

/** A folder as the service's site. Only files that are there at the start are ever opened. */
export function folderSite(folder: string): Site {
  const files = new Map<string, SiteFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const url = `/${name.replaceAll('\\', '/')}`;
    files.set(url, { body: new Uint8Array(readFileSync(path)), contentType: contentTypeOf(url) });
  }
  return { file: async (path) => files.get(path) };
}
