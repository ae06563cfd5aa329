import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SITE_FOLDER } from '../../../functions/web/build-site.ts';

/** Files of the page by when they are needed. */
const PARTS: readonly (readonly [name: string, files: RegExp])[] = [
  [
    'page: scripts and styles before anything is shown',
    /^(index|preact|signals|jsxRuntime|preload|scheme|session|route|vocabulary|findings-list|begin|reveal|open-file|token|chunk)[.\w-]*\.(js|css)$/,
  ],
  ['page: playground', /^(playground|time-words|later|view)[.\w-]*\.js$/],
  ['fonts', /\.woff2$/],
  ['timeline', /^plot/],
  [
    'engine, in its worker, for the first verdict',
    /^(worker|system-sink|catalogue|loader|parse-condition|render-alert|check-condition|read-documents|operators|diagnostic-json)[.\w-]*\.js$/,
  ],
  ['editor, after the page', /^code-editor/],
  ['other places, when they are visited', /./],
];

/** Gzipped bytes of each part of the page, and of the first load before the editor. */
export async function bundleSizes(): Promise<readonly (readonly [name: string, bytes: number])[]> {
  const folder = join(SITE_FOLDER, 'assets');
  const sizes = new Map(PARTS.map(([name]) => [name, 0]));
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    const part = PARTS.find(([, files]) => files.test(file))?.[0] as string;
    // Fonts are compressed already.
    const size = file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    sizes.set(part, (sizes.get(part) as number) + size);
  }
  const first = PARTS.slice(0, 4).reduce((sum, [name]) => sum + (sizes.get(name) as number), 0);
  return [...sizes, ['first load before engine and editor', first]];
}
