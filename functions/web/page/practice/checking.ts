import { batch, computed, signal } from '@preact/signals';
import type { Grade } from '../../../../engine/practice/grade.ts';
import type { RuleFile } from '../judge/protocol.ts';
import { judge } from '../playground/session.ts';
import { filesOnNode } from './node.ts';
import { files, open } from './open-task.ts';
import { attempt } from './trouble.ts';

/** What became of the last check. */
export const grade = signal<Grade | undefined>(undefined);
/** The files that were checked. */
const checked = signal<readonly RuleFile[]>([]);
/** The files were edited after that. */
export const isOlder = computed(() => grade.value !== undefined && checked.value !== files.value);
/** It is being graded. */
export const isGrading = signal(false);
/** How many hints were asked for. */
export const hintsShown = signal(0);
/** How often the solution was asked for before the task was passed. */
export const solutionAsked = signal(0);

/** Grades what is written. */
export async function check(): Promise<void> {
  const task = open.value;
  if (task === undefined) return;
  isGrading.value = true;
  await attempt(async () => {
    const all = task.hasNode ? await filesOnNode() : undefined;
    const given = files.value;
    const handedIn = all === undefined ? given : [...all].map(([name, text]) => ({ name, text }));
    const came = await judge.ask('grade', { task: task.choice, files: handedIn });
    if (came === undefined || open.value !== task) return;
    batch(() => {
      grade.value = came;
      checked.value = given;
    });
  });
  isGrading.value = false;
}

/** Nothing was checked and nothing told yet. */
export function forgetGrade(): void {
  batch(() => {
    grade.value = undefined;
    hintsShown.value = 0;
    solutionAsked.value = 0;
  });
}
