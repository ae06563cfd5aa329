import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the stories. */
export const LIBRARY = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** Folders of the library that hold a story of this name, by their paths below it: `log-wiping`, `intrusions/log-wiper`. */
export function foldersWith(story: 'scenario' | 'benign'): string[] {
  return readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
    .filter((name) => existsSync(join(LIBRARY, name, `${story}.yaml`)))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}
