import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files by their path below the site. */
export type SiteFiles = readonly (readonly [name: string, bytes: Uint8Array])[];

const PAGES = fileURLToPath(new URL('page', import.meta.url));
/** Files that keep their names. */
const IMAGES = join(PAGES, 'images');

/** Pages: each HTML file with the scripts and styles it names. */
const ENTRIES = ['index.html', 'docs.html'];

/**
 * Bundles the pages. What is large and not needed to show something (the editor, plots, the engine in its worker) becomes
 * files of its own, which the page loads after itself. Names of files tell their content, so they may be kept for ever.
 */
export async function pageFiles(): Promise<SiteFiles> {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    publicDir: false,
    root: PAGES,
    logLevel: 'error',
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { input: ENTRIES.map((name) => join(PAGES, name)) },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const bundled = outputs.flatMap((one) => {
    if (!('output' in one)) throw new Error(`vite watches ${dirname(PAGES)}`);
    return one.output.map((file) => [file.fileName, bytesOf(file.type === 'chunk' ? file.code : file.source)] as const);
  });
  const images = readdirSync(IMAGES).map((name) => [name, readFileSync(join(IMAGES, name))] as const);
  return [...bundled, ...images];
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
