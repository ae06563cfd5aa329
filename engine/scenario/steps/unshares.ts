import { ownUserNamespace } from '../kernel/identity.ts';
import { unshared, USER_NAMESPACE } from '../language/namespace.ts';
import { verb } from '../verb.ts';

/** A process gets namespaces of its own. */
export const UNSHARES = verb({
  words: 'unshares',
  about: 'Gets namespaces of its own: one of mount, network, pid, user, uts, ipc and cgroup, or a list.',
  example: 'shell unshares: [user, mount]',
  canFail: true,
  object: unshared,
  keys: {},
  perform({ stage, process, object, result }) {
    if (result === 0 && (object & USER_NAMESPACE) !== 0) ownUserNamespace(process);
    stage.emit(process, 'SYSCALL_UNSHARE_X', [result, object]);
    return undefined;
  },
});
