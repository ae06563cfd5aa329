import type { PlannedTest } from '../suite/planned-test.ts';
import { playingsOf } from '../suite/played.ts';
import type { SuiteFiles } from '../suite/suite-files.ts';
import type { TaskTrace } from './task.ts';

/** A trace of a task as what can be played: one for each case of its story. */
export function playingsOfTrace({ name, input, span }: TaskTrace, files: SuiteFiles): ReturnType<typeof playingsOf> {
  const nothing = { kind: 'scenarios', paths: [] } as const;
  const entry = { name, input: nothing, matching: undefined, expected: { kind: 'own' }, span } as const;
  const test: PlannedTest = { name, input, matching: 'first', entry, span };
  return playingsOf(test, files);
}
