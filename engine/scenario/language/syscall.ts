import { CATEGORY, EVENT_FLAG, EVENT_TYPES, type EventType } from '../../model/event-types.ts';
import { NATIVE_SYSCALLS, SYSCALL_NAMES } from '../../model/syscalls.ts';
import type { Kind } from './kind.ts';
import { word } from './scalars.ts';

/** Syscalls that verbs do. */
const VERBED: ReadonlySet<string> = new Set(
  (
    'accept accept4 bind bpf capset chdir chmod chown chroot clone clone3 close connect creat dup dup2 dup3 execve ' +
    'execveat fchmod fchmodat fchownat finit_module fork init_module kill lchown link linkat listen memfd_create mkdir ' +
    'mkdirat mount open openat openat2 pipe2 prctl ptrace read recvfrom recvmsg rename renameat renameat2 rmdir ' +
    'sendmsg sendto setgid setns setregid setresgid setresuid setreuid setsid setuid socket symlink symlinkat umount ' +
    'umount2 unlink unlinkat unshare userfaultfd vfork write'
  ).split(' '),
);

/** A syscall without a verb: one that has an event of its own, or one of which only the name is reported. */
export interface Syscall {
  readonly name: string;
  /** Its event; undefined when only the name is reported. */
  readonly event: EventType | undefined;
  /** Falco's portable number, and the one of x86_64. */
  readonly number: number;
  readonly native: number;
}

const NATIVE = new Map(
  Object.entries(NATIVE_SYSCALLS.x86_64 ?? {}).map(([native, portable]) => [portable, Number(native)]),
);
const UNUSABLE = EVENT_FLAG.OLD_VERSION | EVENT_FLAG.UNUSED;

/** Exit events of syscalls by name, in today's layout. */
const EVENTS = new Map(
  EVENT_TYPES.filter(
    ({ code, category, flags }) => code % 2 === 1 && (category & CATEGORY.SYSCALL) !== 0 && (flags & UNUSABLE) === 0,
  ).map((type) => [type.name, type]),
);

/** Syscalls whose events are called otherwise. Either name may be written. */
const CALLED: Readonly<Record<string, string>> = {
  pread64: 'pread',
  pwrite64: 'pwrite',
  prlimit64: 'prlimit',
  sendfile64: 'sendfile',
  fcntl64: 'fcntl',
  _llseek: 'llseek',
  _newselect: 'select',
};

const SYSCALLS = SYSCALL_NAMES.flatMap((name, number): Syscall[] => {
  if (number === 0 || VERBED.has(name) || name.endsWith('32')) return [];
  const called = CALLED[name] ?? name;
  const known = { event: EVENTS.get(called), number, native: NATIVE.get(number) ?? 0 };
  const names = SYSCALL_NAMES.includes(called) ? [name] : [name, called];
  return names.map((written) => ({ name: written, ...known }));
});

const names = word('syscall without a verb', Object.fromEntries(SYSCALLS.map(({ name }, index) => [name, index])));

/** A syscall by name. */
export const syscall: Kind<Syscall> = {
  schema: names.schema,
  read: (reader, node, what) => {
    const index = names.read(reader, node, what);
    return index === undefined ? undefined : SYSCALLS[index];
  },
};
