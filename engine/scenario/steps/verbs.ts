import type { Verb } from '../verb.ts';
import { ACCEPTS } from './accepts.ts';
import { CALLS } from './calls.ts';
import { CHANGES_DIRECTORY } from './changes-directory.ts';
import { CHANGES_MODE } from './changes-mode.ts';
import { CHANGES_OWNER } from './changes-owner.ts';
import { CHANGES_ROOT } from './changes-root.ts';
import { CLOSES } from './closes.ts';
import { CONNECTS_TO } from './connects-to.ts';
import { CREATES } from './creates.ts';
import { CREATES_MEMFD } from './creates-memfd.ts';
import { CREATES_PIPE } from './creates-pipe.ts';
import { CREATES_SOCKET } from './creates-socket.ts';
import { CREATES_USERFAULTFD } from './creates-userfaultfd.ts';
import { DUPLICATES } from './duplicates.ts';
import { EXECS } from './execs.ts';
import { EXITS } from './exits.ts';
import { FORKS } from './forks.ts';
import { JOINS_NAMESPACE } from './joins-namespace.ts';
import { KILLS } from './kills.ts';
import { LINKS } from './links.ts';
import { LISTENS_ON } from './listens-on.ts';
import { LISTS } from './lists.ts';
import { LOADS_MODULE } from './loads-module.ts';
import { MAKES_DIRECTORY } from './makes-directory.ts';
import { MOUNTS } from './mounts.ts';
import { OPENS } from './opens.ts';
import { PTRACES } from './ptraces.ts';
import { READS } from './reads.ts';
import { RECEIVES } from './receives.ts';
import { REMOVES } from './removes.ts';
import { REMOVES_DIRECTORY } from './removes-directory.ts';
import { RENAMES } from './renames.ts';
import { RUNS } from './runs.ts';
import { SENDS } from './sends.ts';
import { SETS_CAPABILITIES } from './sets-capabilities.ts';
import { SETS_GID } from './sets-gid.ts';
import { SETS_UID } from './sets-uid.ts';
import { STARTS } from './starts.ts';
import { STARTS_SESSION } from './starts-session.ts';
import { STARTS_THREAD } from './starts-thread.ts';
import { STOPS } from './stops.ts';
import { SYMLINKS } from './symlinks.ts';
import { UNMOUNTS } from './unmounts.ts';
import { UNSHARES } from './unshares.ts';
import { USES_BPF } from './uses-bpf.ts';
import { WRITES } from './writes.ts';

/** All verbs, grouped as the reference shows them: programs, files, the network, identity, the kernel, containers. */
export const VERB_GROUPS: readonly (readonly [string, readonly Verb[]])[] = [
  ['Programs', [RUNS, EXECS, FORKS, STARTS_THREAD, EXITS, KILLS, CHANGES_DIRECTORY, STARTS_SESSION]],
  [
    'Files',
    [
      OPENS,
      CREATES,
      LISTS,
      READS,
      WRITES,
      CLOSES,
      DUPLICATES,
      CREATES_PIPE,
      CREATES_MEMFD,
      REMOVES,
      RENAMES,
      LINKS,
      SYMLINKS,
      MAKES_DIRECTORY,
      REMOVES_DIRECTORY,
      CHANGES_MODE,
      CHANGES_OWNER,
    ],
  ],
  ['Network', [CONNECTS_TO, LISTENS_ON, ACCEPTS, SENDS, RECEIVES, CREATES_SOCKET]],
  ['Rights and namespaces', [SETS_UID, SETS_GID, SETS_CAPABILITIES, UNSHARES, JOINS_NAMESPACE, CHANGES_ROOT]],
  ['Kernel', [PTRACES, LOADS_MODULE, USES_BPF, CREATES_USERFAULTFD, MOUNTS, UNMOUNTS, CALLS]],
  ['Containers', [STARTS, STOPS]],
];

/** All verbs. */
export const VERBS: readonly Verb[] = VERB_GROUPS.flatMap(([, verbs]) => verbs);
