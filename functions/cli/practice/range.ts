import { join } from 'node:path';
import { nearest } from '../../../engine/model/nearest.ts';
import type { Task } from '../../../engine/practice/task.ts';
import { PracticeRange } from '../../../engine/practise.ts';
import { ROOT } from '../built.ts';
import { UsageError, type Terminal } from '../command.ts';
import { reportDiagnostics } from '../diagnostics.ts';
import { diskFiles } from '../verify/disk-files.ts';

/** The tasks that come with Creance, wherever it is called from. */
export function openRange(): PracticeRange {
  return new PracticeRange(diskFiles(), join(ROOT, 'scenarios/practice'));
}

/** The task of an id, or of the part of it behind the slash where only one has it; what is wrong with it is printed. */
export function openTask(range: PracticeRange, name: string, seed: string, terminal: Terminal): Task | undefined {
  const ids = range.ids();
  const found = ids.includes(name) ? [name] : ids.filter((id) => id.endsWith(`/${name}`));
  const [id] = found;
  if (id === undefined || found.length > 1) {
    const slugs = ids.map((one) => one.slice(one.indexOf('/') + 1));
    const near = nearest(name, [...ids, ...slugs]) ?? slugs.find((slug) => slug.includes(name));
    const hint = near === undefined ? 'creance practice list shows them' : `did you mean ${near}?`;
    throw new UsageError(`there is no task '${name}'; ${found.length > 1 ? `say which: ${found.join(', ')}` : hint}`);
  }
  const { task, diagnostics } = range.open(id, seed);
  reportDiagnostics(diagnostics, terminal);
  return task;
}
