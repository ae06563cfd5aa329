import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = join(ROOT, 'functions/web/page');
const SCENARIOS = join(ROOT, 'scenarios');

/** Where the built site lies: what `infra/wrangler.jsonc` serves as assets and the Node server reads. */
export const SITE_FOLDER = join(ROOT, 'dist/site');

/** Scripts of pages; each becomes one file with what it imports. */
const SCRIPTS = ['main.ts', 'docs.ts'];

/**
 * Builds the service's own files: pages and their scripts, and the scenarios with a list of their names in
 * `scenarios/index.json`. Both runtimes read scenarios from here. Files that are right already stay untouched, so that
 * a server which is running may go on reading them.
 */
export async function buildSite(): Promise<void> {
  const files = new Map([...pageFiles(), ...scenarioFiles(), ...(await scriptFiles())]);
  for (const [name, bytes] of files) put(join(SITE_FOLDER, name), bytes);
  for (const name of readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' })) {
    const isFolder = [...files.keys()].some((file) => file.startsWith(`${name}/`));
    if (!files.has(name) && !isFolder && !DRAFT.test(name))
      rmSync(join(SITE_FOLDER, name), { recursive: true, force: true });
  }
}

/** A file that another build is writing. */
const DRAFT = /\.\d+$/;

type Files = readonly (readonly [name: string, bytes: Uint8Array])[];

function pageFiles(): Files {
  return readdirSync(PAGES)
    .filter((name) => /\.(html|css|svg)$/.test(name))
    .map((name) => [name, readFileSync(join(PAGES, name))]);
}

function scenarioFiles(): Files {
  const names = readdirSync(SCENARIOS, { recursive: true, encoding: 'utf8' })
    .filter((name) => existsSync(join(SCENARIOS, name, 'scenario.yaml')))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
  const texts = names.map(
    (name) => [`scenarios/${name}.yaml`, readFileSync(join(SCENARIOS, name, 'scenario.yaml'))] as const,
  );
  return [...texts, ['scenarios/index.json', new TextEncoder().encode(JSON.stringify(names))]];
}

async function scriptFiles(): Promise<Files> {
  const { build, stop } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: SCRIPTS.map((name) => join(PAGES, name)),
    outdir: SITE_FOLDER,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    write: false,
  });
  // Its helper process would outlive the build.
  await stop();
  return outputFiles.map(({ path, contents }) => [relative(SITE_FOLDER, path).replaceAll('\\', '/'), contents]);
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
