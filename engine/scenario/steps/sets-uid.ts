import { setUid } from '../kernel/identity.ts';
import { defaulted } from '../language/kind.ts';
import { choice, text } from '../language/scalars.ts';
import { accountOf } from '../stage/populate.ts';
import { verb } from '../verb.ts';

type SetUidCall = 'setuid' | 'setresuid' | 'setreuid';

/** A process becomes another user. */
export const SETS_UID = verb({
  words: 'sets uid',
  about: 'Becomes another user, by name or number.',
  example: 'shell sets uid: root',
  canFail: true,
  object: text,
  keys: {
    by: defaulted<SetUidCall>(choice('setuid', 'setresuid', 'setreuid'), 'setuid', 'The call. Without it: setuid.'),
  },
  perform({ stage, process, object, keys, result }) {
    const { uid } = accountOf(process.place, object, 'object');
    if (result === 0) setUid(process, uid);
    if (keys.by === 'setuid') stage.emit(process, 'SYSCALL_SETUID_X', [result, uid]);
    else if (keys.by === 'setreuid') stage.emit(process, 'SYSCALL_SETREUID_X', [result, uid, uid]);
    else stage.emit(process, 'SYSCALL_SETRESUID_X', [result, uid, uid, uid]);
    return undefined;
  },
});
