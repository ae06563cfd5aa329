import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted, required } from '../language/kind.ts';
import { choice, mode, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

type ChmodCall = 'fchmodat' | 'chmod' | 'fchmod';

/** A process changes a file's permissions. */
export const CHANGES_MODE = verb({
  words: 'changes mode',
  about: "Changes the permissions of a file; with fchmod, of an open file by the name that 'as' gave it.",
  example: 'shell changes mode: /tmp/payload, with to: 755',
  canFail: true,
  object: path,
  keys: {
    to: required<number>(mode, 'The new permissions in octal, such as 755 or 4755.'),
    by: defaulted<ChmodCall>(
      choice('fchmodat', 'chmod', 'fchmod'),
      'fchmodat',
      'The call. Without it: fchmodat, as chmod does.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'fchmod') {
      const fd = stage.handle(process, object, 'object');
      stage.emit(process, 'SYSCALL_FCHMOD_X', [result, fd, keys.to]);
      if (result === 0) process.place.files.changeMode(process.files.get(fd)?.path ?? '', keys.to);
      return undefined;
    }
    if (keys.by === 'chmod') stage.emit(process, 'SYSCALL_CHMOD_X', [result, object, keys.to]);
    else stage.emit(process, 'SYSCALL_FCHMODAT_X', [result, AT_FDCWD, object, keys.to]);
    // In an overlay a change of permissions brings the file into the upper layer.
    const path = absolutePath(process.cwd, object);
    if (result < 0) return undefined;
    process.place.files.write(path, process.uid, stage.clock.now, false);
    process.place.files.changeMode(path, keys.to);
    return undefined;
  },
});
