import { changeDirectory } from '../kernel/spawn.ts';
import { path } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process goes to another directory. */
export const CHANGES_DIRECTORY = verb({
  words: 'changes directory',
  about: 'Goes to another directory.',
  example: 'shell changes directory: /tmp',
  canFail: true,
  object: path,
  keys: {},
  perform({ stage, process, object, result }) {
    if (result === 0) changeDirectory(stage, process, object);
    else stage.emit(process, 'SYSCALL_CHDIR_X', [result, object]);
    return undefined;
  },
});
