import { defaulted } from '../language/kind.ts';
import { choice, path } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process unmounts something. */
export const UNMOUNTS = verb({
  words: 'unmounts',
  about: 'Takes away what is mounted on a directory.',
  example: 'shell unmounts: /mnt',
  canFail: true,
  object: path,
  keys: {
    by: defaulted<'umount2' | 'umount'>(choice('umount2', 'umount'), 'umount2', 'The call. Without it: umount2.'),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'umount') stage.emit(process, 'SYSCALL_UMOUNT_1_X', [result, object]);
    else stage.emit(process, 'SYSCALL_UMOUNT2_X', [result, object, 0]);
    return undefined;
  },
});
