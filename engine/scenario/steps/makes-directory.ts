import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted } from '../language/kind.ts';
import { choice, mode, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

/** A process makes a directory. */
export const MAKES_DIRECTORY = verb({
  words: 'makes directory',
  about: 'Makes a directory.',
  example: 'shell makes directory: /tmp/.hidden',
  canFail: true,
  object: path,
  keys: {
    mode: defaulted<number>(mode, 0o777, 'Permissions that are asked for. Without it: 777, as mkdir does.'),
    by: defaulted<'mkdir' | 'mkdirat'>(choice('mkdir', 'mkdirat'), 'mkdir', 'The call. Without it: mkdir.'),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'mkdir') stage.emit(process, 'SYSCALL_MKDIR_2_X', [result, object, keys.mode]);
    else stage.emit(process, 'SYSCALL_MKDIRAT_X', [result, AT_FDCWD, object, keys.mode]);
    const path = absolutePath(process.cwd, object);
    if (result === 0) process.place.files.write(path, process.uid, stage.clock.now, true);
    return undefined;
  },
});
