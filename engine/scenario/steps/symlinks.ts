import type { ByteString } from '../../model/byte-string.ts';
import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted, required } from '../language/kind.ts';
import { choice, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

/** A process makes a name that leads to another one. */
export const SYMLINKS = verb({
  words: 'symlinks',
  about: 'Makes a symbolic link: a name that leads to another one.',
  example: 'shell symlinks: /tmp/s, with to: /etc/shadow',
  canFail: true,
  object: path,
  keys: {
    to: required<ByteString>(path, 'Where it leads to, as it is written.'),
    by: defaulted<'symlinkat' | 'symlink'>(
      choice('symlinkat', 'symlink'),
      'symlinkat',
      'The call. Without it: symlinkat, as ln does.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'symlink') stage.emit(process, 'SYSCALL_SYMLINK_X', [result, keys.to, object]);
    else stage.emit(process, 'SYSCALL_SYMLINKAT_X', [result, keys.to, AT_FDCWD, object]);
    const path = absolutePath(process.cwd, object);
    if (result === 0) process.place.files.write(path, process.uid, stage.clock.now, true);
    return undefined;
  },
});
