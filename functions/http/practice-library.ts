import { nearest } from '../../engine/model/nearest.ts';
import { Source } from '../../engine/model/source.ts';
import type { Task } from '../../engine/practice/task.ts';
import type { TaskSummary } from '../../engine/practice/task-sheet.ts';
import { PracticeRange } from '../../engine/practise.ts';
import { givenFiles } from '../../engine/suite/given-files.ts';
import type { Call } from './api.ts';
import { Refusal } from './problem.ts';
import type { Site } from './site.ts';

/** A task that is open, and the range that grades it. */
interface OpenTask {
  readonly range: PracticeRange;
  readonly task: Task;
}

/** The practice tasks that come with Creance. They are files of the site, so that workerd and Node read them alike. */
export class PracticeLibrary {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** All tasks, group by group. */
  async summaries(): Promise<readonly TaskSummary[]> {
    return (await this.#json('index')) as readonly TaskSummary[];
  }

  /** A task with its variables chosen; refuses an id that isn't there. */
  async open(id: string, seed: string): Promise<OpenTask> {
    const ids = (await this.summaries()).map((summary) => summary.id);
    if (!ids.includes(id)) throw unknownTask(id, ids);
    const files = await Promise.all([this.#json(id), this.#json('rules')]);
    const sources = files.flat().map((file) => new Source((file as Text).name, (file as Text).text));
    const range = new PracticeRange(givenFiles(sources), 'scenarios/practice');
    const { task, diagnostics } = range.open(id, seed);
    if (task === undefined) throw new Error(`the task ${id} can't be read: ${diagnostics[0]?.message}`);
    return { range, task };
  }

  async #json(name: string): Promise<readonly unknown[]> {
    const file = await this.#site.file(`/tasks/${name}.json`);
    if (file === undefined) throw new Error(`the practice tasks are missing from the site (${name}): it was not built`);
    return (await new Response(file.body).json()) as readonly unknown[];
  }
}

/** The task that a request names in its path. */
export function openedTask(call: Call, { seed }: { readonly seed: string }): Promise<OpenTask> {
  return new PracticeLibrary(call.get('settings').site).open(call.req.param('task') ?? '', seed);
}

interface Text {
  readonly name: string;
  readonly text: string;
}

function unknownTask(id: string, ids: readonly string[]): Refusal {
  const close = ids.find((one) => one.endsWith(`/${id}`)) ?? nearest(id, ids);
  return new Refusal('UNKNOWN_TASK', `there is no practice task '${id}'`, {
    hint: close === undefined ? 'GET /v1/practice/tasks lists them' : `did you mean ${close}?`,
  });
}
