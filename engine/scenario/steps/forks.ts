import { failToFork, fork, type ForkCall } from '../kernel/clone.ts';
import { exit } from '../kernel/exit.ts';
import { ownUserNamespace } from '../kernel/identity.ts';
import { defaulted, optional } from '../language/kind.ts';
import { unshared, USER_NAMESPACE } from '../language/namespace.ts';
import { choice } from '../language/scalars.ts';
import { plainVerb } from '../verb.ts';

/** A process makes a copy of itself. */
export const FORKS = plainVerb({
  words: 'forks',
  about: "Makes a child that runs the same program. Without 'as' it ends at once.",
  example: 'nginx forks, with as: worker',
  names: 'process',
  canFail: true,
  keys: {
    by: optional<ForkCall>(choice('clone', 'fork', 'clone3'), 'The call that makes it.'),
    namespaces: defaulted<number>(unshared, 0, 'Namespaces of its own: mount, network, pid, user, uts, ipc, cgroup.'),
  },
  perform({ stage, process, keys, as, result }) {
    if (result < 0) {
      failToFork(stage, process, keys.by, result);
      return undefined;
    }
    const { child } = fork(stage, process, { by: keys.by ?? 'clone', flags: keys.namespaces });
    if ((keys.namespaces & USER_NAMESPACE) !== 0) ownUserNamespace(child);
    if (as === undefined) exit(stage, child);
    return child;
  },
});
