import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
 * `scenarios/index.json`. Both runtimes read scenarios from here.
 */
export async function buildSite(): Promise<void> {
  const { build, stop } = await import('esbuild');
  rmSync(SITE_FOLDER, { recursive: true, force: true });
  mkdirSync(join(SITE_FOLDER, 'scenarios'), { recursive: true });
  for (const name of readdirSync(PAGES)) {
    if (/\.(html|css|svg)$/.test(name)) cpSync(join(PAGES, name), join(SITE_FOLDER, name));
  }
  await build({
    entryPoints: SCRIPTS.map((name) => join(PAGES, name)),
    outdir: SITE_FOLDER,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  // Its helper process would outlive the build.
  await stop();
  const names = readdirSync(SCENARIOS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(SCENARIOS, entry.name, 'scenario.yaml')))
    .map((entry) => entry.name)
    .toSorted();
  for (const name of names) {
    cpSync(join(SCENARIOS, name, 'scenario.yaml'), join(SITE_FOLDER, 'scenarios', `${name}.yaml`));
  }
  writeFileSync(join(SITE_FOLDER, 'scenarios/index.json'), JSON.stringify(names));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite();
