import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted } from '../language/kind.ts';
import { choice, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

/** A process removes a file. */
export const REMOVES = verb({
  words: 'removes',
  about: 'Removes a file.',
  example: 'shell removes: /root/.bash_history',
  canFail: true,
  object: path,
  keys: {
    by: defaulted<'unlinkat' | 'unlink'>(
      choice('unlinkat', 'unlink'),
      'unlinkat',
      'The call. Without it: unlinkat, as rm does.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'unlink') stage.emit(process, 'SYSCALL_UNLINK_2_X', [result, object]);
    else stage.emit(process, 'SYSCALL_UNLINKAT_2_X', [result, AT_FDCWD, object, 0]);
    if (result === 0) process.place.files.remove(absolutePath(process.cwd, object));
    return undefined;
  },
});
