import { path } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process takes another root directory. */
export const CHANGES_ROOT = verb({
  words: 'changes root',
  about: 'Takes a directory as the root of all paths, for what Falco knows. The files themselves stay where they are.',
  example: 'shell changes root: /host',
  canFail: true,
  object: path,
  keys: {},
  perform({ stage, process, object, result }) {
    stage.emit(process, 'SYSCALL_CHROOT_X', [result, object]);
    return undefined;
  },
});
