import { CLONE } from '../clone-flags.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';
import { OPEN } from '../open-flags.ts';
import { addCopy } from '../opened-file.ts';

/** dup and dup2: the copy stays open across execve. */
export const dup: Handler = (moment) => copyTo(moment, 0);

/** dup3: parameter 3 says whether the copy is closed on exec. */
export const dup3: Handler = (moment) => copyTo(moment, moment.event.uint32(3) & OPEN.CLOEXEC);

function copyTo(moment: Moment, closeOnExec: number): void {
  const { file, thread, result } = moment;
  if (thread === undefined || file === undefined || result < 0) return;
  // A shell does this to the two sides of a pipe.
  if (result === 0) thread.flags |= CLONE.PIPE_DEST;
  if (result === 1) thread.flags |= CLONE.PIPE_SOURCE;
  addCopy(moment, file, result, closeOnExec);
}
