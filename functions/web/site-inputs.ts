import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that can become part of the site. */
const SOURCES = ['functions/web', 'functions/version.ts', 'engine', 'scenarios', 'package.json', 'package-lock.json'];

/** The sources of the site as a text: paths, sizes and when each was last changed. */
export function siteInputs(root: string): string {
  return SOURCES.flatMap((source) => filesBelow(root, source))
    .map((path) => {
      const { size, mtimeMs } = statSync(join(root, path));
      return `${path} ${size} ${mtimeMs}\n`;
    })
    .join('');
}

/** True when the site was built from these sources and nothing of it is missing. */
export function isFresh(site: string, inputs: string): boolean {
  const noted = notedAt(site);
  return existsSync(join(site, 'index.html')) && existsSync(noted) && readFileSync(noted, 'utf8') === inputs;
}

/** Notes what the site was built from; called last, so that half a build is none. */
export function noteInputs(site: string, inputs: string): void {
  const draft = `${notedAt(site)}.${process.pid}`;
  writeFileSync(draft, inputs);
  renameSync(draft, notedAt(site));
}

/** Beside the site, not in it: it names files of the checkout. */
function notedAt(site: string): string {
  return `${site}-inputs.txt`;
}

function filesBelow(root: string, source: string): string[] {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [source];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .toSorted();
}
