import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CREANCE_VERSION } from '../version.ts';
import { pageFiles, type SiteFiles } from './bundle-pages.ts';
import { libraryFiles } from './library-files.ts';
import { offlineWorker } from './offline-worker.ts';
import { isFresh, noteInputs, siteInputs } from './site-inputs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the built site lies: what `infra/wrangler.jsonc` serves as assets and the Node server reads. */
export const SITE_FOLDER = join(ROOT, 'dist/site');

/** A file that another build is writing. */
const DRAFT = /\.\d+$/;

/**
 * Builds the service's own files: pages with their scripts, scenarios and starter rules. Nothing is done while no source
 * changed since the last build. Files that are right already stay untouched, so that a server which is running may go on
 * reading them.
 */
export async function buildSite(): Promise<void> {
  const inputs = siteInputs(ROOT);
  if (isFresh(SITE_FOLDER, inputs)) return;
  const files: Map<string, Uint8Array> = new Map([...libraryFiles(ROOT), ...(await pageFiles())]);
  for (const [name, bytes] of offlineWorker(files, CREANCE_VERSION)) files.set(name, bytes);
  writeFiles(files);
  noteInputs(SITE_FOLDER, inputs);
}

function writeFiles(files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, bytes] of files as Iterable<SiteFiles[number]>) put(join(SITE_FOLDER, name), bytes);
  const folders = new Set([...files.keys()].flatMap(foldersOf));
  for (const name of readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' })) {
    const path = name.replaceAll('\\', '/');
    if (!files.has(path) && !folders.has(path) && !DRAFT.test(path))
      rmSync(join(SITE_FOLDER, name), { recursive: true, force: true });
  }
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** Writes a file whole or not at all, and only when it differs. */
function put(path: string, bytes: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, bytes);
  renameSync(draft, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite();
