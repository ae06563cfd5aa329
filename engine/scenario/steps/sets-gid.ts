import { toUnicode } from '../../model/byte-string.ts';
import { defaulted } from '../language/kind.ts';
import { choice, text } from '../language/scalars.ts';
import { Refusal } from '../stage/refusal.ts';
import { verb } from '../verb.ts';

type SetGidCall = 'setgid' | 'setresgid' | 'setregid';

/** A process takes another group. */
export const SETS_GID = verb({
  words: 'sets gid',
  about: 'Takes another group, by name or number.',
  example: 'shell sets gid: shadow',
  canFail: true,
  object: text,
  keys: {
    by: defaulted<SetGidCall>(choice('setgid', 'setresgid', 'setregid'), 'setgid', 'The call. Without it: setgid.'),
  },
  perform({ stage, process, object, keys, result }) {
    const gid = process.place.accounts.findGroup(object);
    if (gid === undefined) {
      throw new Refusal('SCENARIO_UNKNOWN_USER', 'object', `there is no group '${toUnicode(object)}' here`);
    }
    if (result === 0) process.gid = gid;
    if (keys.by === 'setgid') stage.emit(process, 'SYSCALL_SETGID_X', [result, gid]);
    else if (keys.by === 'setregid') stage.emit(process, 'SYSCALL_SETREGID_X', [result, gid, gid]);
    else stage.emit(process, 'SYSCALL_SETRESGID_X', [result, gid, gid, gid]);
    return undefined;
  },
});
