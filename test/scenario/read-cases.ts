import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** The cases of a file below `test/cases/scenario`. */
export function readCases<T>(file: string): T[] {
  return load(readFileSync(new URL(`../cases/scenario/${file}`, import.meta.url), 'utf8')) as T[];
}
