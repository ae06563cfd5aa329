import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_RULE_FILE_BYTES } from '../../engine/model/limits.ts';
import { Source } from '../../engine/model/source.ts';
import { UnreadableError } from './command.ts';
import { attempt } from './file-error.ts';

/**
 * Opens rule files in the order given. A folder stands for its `.yaml` and `.yml` files, sorted by path and not deeper,
 * as Falco takes `-r` and `rules_files`.
 */
export function readRuleFiles(paths: readonly string[]): Source[] {
  return paths.flatMap((path) => (isFolder(path) ? inFolder(path) : [path])).map((path) => readSource(path));
}

/** Opens one text file, for instance a scenario; `-` is standard input. */
export function readSource(path: string): Source {
  const bytes = attempt(path, () => {
    if (path !== '-') checkSize(path, statSync(path).size);
    return readFileSync(path === '-' ? 0 : path);
  });
  checkSize(path, bytes.length);
  return new Source(path === '-' ? '<stdin>' : path, bytes.toString('utf8'));
}

function inFolder(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .toSorted();
  if (files.length === 0) throw new UnreadableError(`${folder}: no .yaml or .yml file in this folder`);
  return files;
}

function isFolder(path: string): boolean {
  return path !== '-' && attempt(path, () => statSync(path).isDirectory());
}

function checkSize(path: string, bytes: number): void {
  if (bytes <= MAX_RULE_FILE_BYTES) return;
  const limit = MAX_RULE_FILE_BYTES / 1024 / 1024;
  throw new UnreadableError(
    `${path}: ${(bytes / 1024 / 1024).toFixed(1)} MB, the limit for a text file is ${limit} MB`,
  );
}
