import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted } from '../language/kind.ts';
import { choice, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

/** The flag of unlinkat that makes it remove a directory. */
const AT_REMOVEDIR = 0x200;

/** A process removes an empty directory. */
export const REMOVES_DIRECTORY = verb({
  words: 'removes directory',
  about: 'Removes an empty directory.',
  example: 'shell removes directory: /tmp/work',
  canFail: true,
  object: path,
  keys: {
    by: defaulted<'rmdir' | 'unlinkat'>(
      choice('rmdir', 'unlinkat'),
      'rmdir',
      'The call. Without it: rmdir; rm -r uses unlinkat.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'rmdir') stage.emit(process, 'SYSCALL_RMDIR_2_X', [result, object]);
    else stage.emit(process, 'SYSCALL_UNLINKAT_2_X', [result, AT_FDCWD, object, AT_REMOVEDIR]);
    if (result === 0) process.place.files.remove(absolutePath(process.cwd, object));
    return undefined;
  },
});
