import { fork } from '../kernel/clone.ts';
import { exit } from '../kernel/exit.ts';
import { plainVerb } from '../verb.ts';

/** A process starts another thread. */
export const STARTS_THREAD = plainVerb({
  words: 'starts thread',
  about: "Starts another thread of the same process. Without 'as' it ends at once.",
  example: 'java starts thread, with as: worker',
  names: 'process',
  keys: {},
  perform({ stage, process, as }) {
    const { child } = fork(stage, process, { thread: true });
    if (as === undefined) exit(stage, child);
    return child;
  },
});
