import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of the checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where `npm run build` puts the command line, below the checkout: few files of plain JavaScript, which start faster. */
export const BUILT_FOLDER = 'dist/cli';
/** Every file that went into them; written last, so that half a build is none. */
export const INPUTS_FILE = `${BUILT_FOLDER}/inputs.json`;
/** The command line from its sources, as a URL: what is run where nothing was built. */
export const SOURCES = pathToFileURL(join(ROOT, 'functions/cli/command-line.ts')).href;
/** What V8 made of modules that it compiled before; Node looks after it. */
export const CODE_CACHE = join(ROOT, 'node_modules/.cache/creance');

/** A file that went into a build: its path below the checkout, bytes, and when it was last changed (milliseconds). */
export type Input = readonly [path: string, size: number, changed: number];

/** The built command line as a URL; undefined when it was never built, or when any of its sources changed since. */
export function freshBuild(root = ROOT): string | undefined {
  if (!existsSync(join(root, INPUTS_FILE))) return undefined;
  const inputs = JSON.parse(readFileSync(join(root, INPUTS_FILE), 'utf8')) as readonly Input[];
  const isFresh = inputs.every(([path, size, changed]) => {
    const now = inputOf(path, root);
    return now?.[1] === size && now[2] === changed;
  });
  return isFresh ? pathToFileURL(join(root, BUILT_FOLDER, 'command-line.js')).href : undefined;
}

/** A file as it is now; undefined when it is gone. */
export function inputOf(path: string, root = ROOT): Input | undefined {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  return stats && [path, stats.size, stats.mtimeMs];
}
