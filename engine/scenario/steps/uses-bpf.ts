import { eventWords } from '../language/event-words.ts';
import { word } from '../language/scalars.ts';
import { verb } from '../verb.ts';

const COMMANDS = eventWords('SYSCALL_BPF_2_X', 'cmd');

/** Commands that give an open file. */
const OPENING: ReadonlySet<number | undefined> = new Set(
  (
    'BPF_MAP_CREATE BPF_PROG_LOAD BPF_OBJ_GET BPF_PROG_GET_FD_BY_ID BPF_MAP_GET_FD_BY_ID ' +
    'BPF_RAW_TRACEPOINT_OPEN BPF_BTF_LOAD BPF_BTF_GET_FD_BY_ID BPF_LINK_CREATE BPF_ITER_CREATE'
  )
    .split(' ')
    .map((command) => COMMANDS[command]),
);

/** A process asks the kernel's BPF machine for something. */
export const USES_BPF = verb({
  words: 'uses bpf',
  about: 'Asks the BPF machine in the kernel for something. What it opens stays open.',
  example: 'loader uses bpf: BPF_PROG_LOAD',
  names: 'file',
  canFail: true,
  object: word('bpf command', COMMANDS),
  keys: {},
  perform({ stage, process, object, result }) {
    const opens = result === 0 && OPENING.has(object);
    const fd = opens ? process.lowestFd() : result;
    const file = {
      path: '',
      kind: 'other',
      inode: stage.nextInode(),
      device: 0,
      socket: undefined,
      closeOnExec: true,
    } as const;
    if (opens) process.files.set(fd, file);
    stage.emit(process, 'SYSCALL_BPF_2_X', [fd, object]);
    return opens ? fd : undefined;
  },
});
