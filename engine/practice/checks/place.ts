import { isSheet } from '../task.ts';
import type { Grading } from '../grade.ts';
import type { PlaceDemand } from '../task-check.ts';

/** Only these files differ from the starting ones. A path that ends in `/` stands for all below. */
export function gradePlace({ paths }: PlaceDemand, { task, handedIn }: Grading): string[] {
  const all = new Set([...task.files.keys(), ...handedIn.keys()]);
  return [...all].toSorted().flatMap((path) => {
    const [before, after] = [task.files.get(path), handedIn.get(path)];
    // Logs of a node fill by themselves.
    if (before === after || isSheet(path) || (task.node !== undefined && path.startsWith('/var/log/'))) return [];
    if (paths.some((one) => one === path || (one.endsWith('/') && path.startsWith(one)))) return [];
    if (before === undefined) return [`${path} is new; this task does not need it`];
    if (after === undefined) return [`${path} is gone`];
    return [`${path} was changed at line ${firstDifference(before, after)}; it must stay as it is`];
  });
}

function firstDifference(before: string, after: string): number {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return old.findIndex((line, i) => line !== now[i]) + 1 || old.length + 1;
}
