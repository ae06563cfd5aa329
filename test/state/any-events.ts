import fc from 'fast-check';
import { EVENT_TYPES, eventCode } from '../../engine/model/event-types.ts';
import type { EventParam } from '../../engine/model/event-types.ts';
import { PARAM_SIZES } from '../../engine/model/param-type.ts';
import type { EventWords } from './story.ts';
import { addressBytes, tupleBytes } from './socket-words.ts';

/** Events that change what is known, more often those about processes, and some that change nothing. */
const SYMBOLS = [
  ...Array.from({ length: 4 }, () => [
    'SYSCALL_CLONE_20_X',
    'SYSCALL_EXECVE_19_X',
    'PROCEXIT_1_E',
    'SYSCALL_OPENAT_2_X',
  ]),
  ['SYSCALL_VFORK_20_X', 'SYSCALL_CLONE3_X', 'SYSCALL_EXECVEAT_X', 'SYSCALL_EXECVEAT_E', 'SYSCALL_EXECVE_19_E'],
  [
    'SYSCALL_OPENAT_2_E',
    'SYSCALL_OPEN_E',
    'SYSCALL_OPEN_X',
    'SYSCALL_CREAT_X',
    'SYSCALL_CLOSE_X',
    'SYSCALL_CLOSE_RANGE_X',
  ],
  [
    'SYSCALL_DUP2_X',
    'SYSCALL_DUP3_X',
    'SYSCALL_FCNTL_X',
    'SYSCALL_PIPE2_X',
    'SYSCALL_MEMFD_CREATE_X',
    'SYSCALL_EPOLL_CREATE1_X',
  ],
  [
    'SYSCALL_PIDFD_OPEN_X',
    'SYSCALL_PIDFD_GETFD_X',
    'SYSCALL_CHDIR_X',
    'SYSCALL_FCHDIR_X',
    'SYSCALL_CHROOT_X',
    'SYSCALL_SETUID_X',
  ],
  [
    'SYSCALL_SETSID_X',
    'SYSCALL_PRCTL_X',
    'SYSCALL_CAPSET_X',
    'SYSCALL_UNSHARE_X',
    'SYSCALL_PRLIMIT_X',
    'SYSCALL_MMAP_X',
  ],
  [
    'SOCKET_SOCKET_X',
    'SOCKET_BIND_X',
    'SOCKET_CONNECT_E',
    'SOCKET_CONNECT_X',
    'SOCKET_ACCEPT4_6_X',
    'SOCKET_SOCKETPAIR_X',
  ],
  [
    'SOCKET_SENDTO_X',
    'SOCKET_RECVFROM_X',
    'SOCKET_SENDMMSG_X',
    'SOCKET_RECVMSG_X',
    'SYSCALL_READ_X',
    'SYSCALL_WRITE_X',
  ],
  ['USER_ADDED_E', 'USER_DELETED_E', 'GROUP_ADDED_E', 'CONTAINER_JSON_2_E', 'ASYNCEVENT_E', 'SCHEDSWITCH_6_E'],
  ['SYSCALL_FSTAT_X', 'SYSCALL_LSEEK_X', 'SYSCALL_FUTEX_X', 'GENERIC_X', 'SIGNALDELIVER_E', 'DROP_E'],
].flat();

const tid = fc.constantFrom(-1, 0, 1, 100, 101, 102, 103, 104);
const small = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 3, arbitrary: tid },
  { weight: 1, arbitrary: fc.integer({ min: -200, max: -1 }) },
);
const flags = fc.constantFrom(0, 1, 36, 4097, 8192, 65_536, 1_048_576, 134_217_728, 536_870_912, 0xffffffff);
const text = fc.constantFrom(
  'sh',
  '/etc/passwd',
  'a/../b',
  '',
  '<NA>',
  '(NULL)',
  'x\x01',
  '/bin/ls (deleted)',
  'container',
);
const cgroups = fc.constantFrom(['cpu=/'], ['mem=/lxc/box'], [`cpu_cgroup=/docker/${'a'.repeat(64)}`], ['bad']);
const host = fc.constantFrom('0.0.0.0', '10.0.0.1', '1.1.1.1');
const port = fc.constantFrom(0, 53, 3333);
const socket = fc.oneof(
  fc.tuple(host, port, host, port).map(([a, b, c, d]) => tupleBytes(`${a} ${b} > ${c} ${d}`)),
  fc.tuple(port, port).map(([a, b]) => tupleBytes(`::1 ${a} > 2001:db8::2 ${b}`)),
  fc.tuple(port, port).map(([a, b]) => tupleBytes(`::ffff:a00:1 ${a} > ::ffff:101:101 ${b}`)),
  fc.constantFrom(
    tupleBytes('unix ff > ee /run/x'),
    tupleBytes('family 16'),
    addressBytes('1.1.1.1 53'),
    addressBytes('unix /run/y'),
  ),
);
const json = fc.constantFrom(
  '{"container":{"id":"box"}}',
  `{"container":{"id":"${'a'.repeat(12)}","type":0}}`,
  'no json',
);

/** A parameter that could be there, or is not, or is nonsense. */
function paramOf(param: EventParam): fc.Arbitrary<unknown> {
  const likely = likelyParam(param);
  const nonsense = fc.uint8Array({ maxLength: 40 });
  return fc.oneof(
    { weight: 20, arbitrary: likely },
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: nonsense },
  );
}

function likelyParam({ name, type }: EventParam): fc.Arbitrary<unknown> {
  if (name === 'cgroups') return cgroups;
  if (name === 'json') return json;
  if (name === 'data') return json.map((words) => new TextEncoder().encode(words));
  if (name === 'flags' || name === 'option' || name === 'nstype') return flags;
  if (type === 'SOCKTUPLE' || type === 'SOCKADDR') return socket;
  if (type === 'BYTEBUF') return fc.array(text, { maxLength: 2 });
  return PARAM_SIZES[type] === undefined ? text : small;
}

const anyEvent: fc.Arbitrary<EventWords> = fc.constantFrom(...SYMBOLS).chain((symbol) => {
  const params = EVENT_TYPES[eventCode(symbol)]?.params ?? [];
  const time = fc.constantFrom(0, 1000, 1_500_000_000);
  return fc.tuple(fc.constant(symbol), tid, fc.tuple(...params.map(paramOf)), time);
});

/** What may happen on a machine whose recording is damaged. */
export const anyEvents = fc.array(anyEvent, { maxLength: 60 });
