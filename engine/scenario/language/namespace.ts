import { eventWords } from './event-words.ts';
import type { Kind } from './kind.ts';
import { list } from './collections.ts';
import { word } from './scalars.ts';

/** Kinds of namespaces by the words people use, with their files below `/proc/PID/ns` and the flags they stand for. */
const NAMESPACES: Readonly<Record<string, { readonly file: string; readonly flag: string }>> = {
  mount: { file: 'mnt', flag: 'CLONE_NEWNS' },
  network: { file: 'net', flag: 'CLONE_NEWNET' },
  pid: { file: 'pid', flag: 'CLONE_NEWPID' },
  user: { file: 'user', flag: 'CLONE_NEWUSER' },
  uts: { file: 'uts', flag: 'CLONE_NEWUTS' },
  ipc: { file: 'ipc', flag: 'CLONE_NEWIPC' },
  cgroup: { file: 'cgroup', flag: 'CLONE_NEWCGROUP' },
};

const FLAGS = eventWords('SYSCALL_UNSHARE_X', 'flags');
const BITS = Object.fromEntries(Object.entries(NAMESPACES).map(([name, { flag }]) => [name, FLAGS[flag] ?? 0]));

/** One kind of namespace: mount, network, pid, user, uts, ipc or cgroup. Read as its bit. */
export const namespace: Kind<number> = word('namespace', BITS);

/** The bit of user namespaces, which give their maker all capabilities. */
export const USER_NAMESPACE = BITS.user ?? 0;

/** What a process can keep for itself from now on: namespaces, or flags such as CLONE_FILES. */
export const unshared: Kind<number> = {
  schema: list(word('namespace', { ...BITS, ...FLAGS })).schema,
  read: (reader, node, what) =>
    list(word('namespace', { ...BITS, ...FLAGS }))
      .read(reader, node, what)
      ?.reduce((all, bit) => (all | bit) >>> 0, 0),
};

/** The name of a namespace's file below `/proc/PID/ns`. */
export function namespaceFile(bit: number): string {
  const name = Object.keys(BITS).find((candidate) => BITS[candidate] === bit);
  return name === undefined ? 'mnt' : (NAMESPACES[name]?.file ?? 'mnt');
}
