import { join, relative } from 'node:path';
import { Source } from '../../engine/model/source.ts';
import { taskSummary, type TaskSummary } from '../../engine/practice/task-sheet.ts';
import { PracticeRange } from '../../engine/practise.ts';
import type { SuiteFiles } from '../../engine/suite/suite-files.ts';
import { diskFiles } from '../cli/verify/disk-files.ts';
import type { SiteFiles } from './bundle-pages.ts';

const FOLDER = 'scenarios/practice';
const RULES = 'scenarios/rules';
/** Any seed will do to find what a task opens: texts vary by it, paths do not. */
const SEED = '1';

/**
 * Practice tasks as files of the site: what a list tells of them in `tasks/index.json`; every file that a task opens, with
 * its path in the checkout, in `tasks/GROUP/SLUG.json`; the rules that all of them ship in `tasks/rules.json`. A task
 * with errors is left out: its own test tells of them.
 */
export function practiceFiles(root: string): SiteFiles {
  const disk = new NotedFiles(root);
  const range = new PracticeRange(disk.files, FOLDER);
  const summaries: TaskSummary[] = [];
  const tasks = range.ids().flatMap((id): SiteFiles => {
    disk.begin(`${FOLDER}/${id}`);
    const { task } = range.open(id, SEED);
    if (task === undefined) return [];
    summaries.push(taskSummary(task));
    return [[`tasks/${id}.json`, disk.noted((path) => !path.startsWith(`${RULES}/`))]];
  });
  disk.begin(RULES);
  return [
    ...tasks,
    ['tasks/rules.json', disk.noted(() => true)],
    ['tasks/index.json', new TextEncoder().encode(JSON.stringify(summaries))],
  ];
}

/** Files below a root, of which is noted what was opened. */
class NotedFiles {
  readonly files: SuiteFiles;
  #opened = new Map<string, string>();

  constructor(root: string) {
    const disk = diskFiles();
    const texts = (path: string): ReturnType<SuiteFiles['texts']> => {
      const { sources, diagnostics } = disk.texts(join(root, path));
      const named = sources.map(({ name, text }) => new Source(relative(root, name).replaceAll('\\', '/'), text));
      for (const { name, text } of named) this.#opened.set(name, text);
      return { sources: named, diagnostics };
    };
    this.files = {
      texts,
      below: (folder) => disk.below(join(root, folder)).map((path) => relative(root, path).replaceAll('\\', '/')),
      // A story that is there will be opened when it is played.
      has: (path) => texts(path).sources.length > 0,
      feed: async () => [],
    };
  }

  /** Begins anew, with all that lies in a folder. */
  begin(folder: string): void {
    this.#opened = new Map();
    for (const path of this.files.below(folder)) this.files.texts(path);
  }

  noted(keep: (path: string) => boolean): Uint8Array {
    const files = [...this.#opened].filter(([path]) => keep(path)).map(([name, text]) => ({ name, text }));
    return new TextEncoder().encode(JSON.stringify(files));
  }
}
