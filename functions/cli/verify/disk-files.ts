import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';
import type { SuiteFiles } from '../../../engine/suite/suite-files.ts';
import { UnreadableError, type Terminal } from '../command.ts';
import { readRuleFiles, readSource } from '../rule-files.ts';
import { feedCapture } from '../trace-input.ts';

/** Folders in which no test is looked for. */
const PASSED_BY = new Set(['node_modules', '.git']);

/** Reading a trace that a test file names tells nobody how far it is. */
const QUIET: Terminal = {
  get stdin() {
    return process.stdin;
  },
  write: async () => {},
  note: () => {},
  interactive: false,
  color: false,
};

/** The files that test files name, on this machine's disk. */
export function diskFiles(): SuiteFiles {
  return {
    texts(path) {
      const kind = kindOf(path);
      if (kind === undefined) return { sources: [], diagnostics: [] };
      try {
        return { sources: kind === 'folder' ? readRuleFiles([path]) : [readSource(path)], diagnostics: [] };
      } catch (error) {
        return { sources: [], diagnostics: [unreadable(error)] };
      }
    },
    below: (folder) => filesBelow(folder),
    has: (path) => kindOf(path) === 'file',
    async feed(path, sink) {
      const reader = new DetectingReader(sink, sink.wants);
      try {
        const found = await feedCapture(path, reader, QUIET, async () => {});
        return [...found, ...reader.diagnostics];
      } catch (error) {
        return [unreadable(error)];
      }
    },
  };
}

/** Paths of all files below a folder, sorted; empty where there is none. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    if (kindOf(here === '' ? '.' : here) !== 'folder') continue;
    for (const entry of readdirSync(here === '' ? '.' : here, { withFileTypes: true })) {
      const path = here === '' ? entry.name : join(here, entry.name);
      if (entry.isDirectory() && !PASSED_BY.has(entry.name)) open.push(path);
      else if (!entry.isDirectory()) found.push(path);
    }
  }
  return found.toSorted();
}

/** What is at a path; undefined where nothing is. */
export function kindOf(path: string): 'file' | 'folder' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return stats.isDirectory() ? 'folder' : 'file';
}

function unreadable(error: unknown): Diagnostic {
  if (!(error instanceof UnreadableError)) throw error;
  return { code: 'TEST_UNREADABLE', severity: 'error', message: error.message };
}
