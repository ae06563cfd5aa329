import type { ByteString } from '../../model/byte-string.ts';
import { eventWords } from '../language/event-words.ts';
import { optional } from '../language/kind.ts';
import { name, word } from '../language/scalars.ts';
import { verbWithOption } from '../verb.ts';

const REQUESTS = eventWords('SYSCALL_PTRACE_X', 'request');

/** Requests whose last argument is a signal. */
const SIGNALLED: ReadonlySet<number | undefined> = new Set(
  ['PTRACE_CONT', 'PTRACE_SINGLESTEP', 'PTRACE_DETACH', 'PTRACE_SYSCALL'].map((request) => REQUESTS[request]),
);

/** A value of a parameter whose type varies: one byte that says which, then the value. */
const ZERO_ADDRESS = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0);
const NO_SIGNAL = Uint8Array.of(1, 0);

/** A process takes hold of another one. */
export const PTRACES = verbWithOption({
  words: 'ptraces',
  about: 'Takes hold of another actor as a debugger does. Without an actor it lets its parent take hold of it.',
  example: 'malware ptraces: agent',
  canFail: true,
  object: name,
  keys: {
    request: optional<number>(
      word('ptrace request', REQUESTS),
      'What is asked for. Without it: PTRACE_ATTACH, or PTRACE_TRACEME without an actor.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    const victim: ByteString | undefined = object;
    const request = keys.request ?? REQUESTS[victim === undefined ? 'PTRACE_TRACEME' : 'PTRACE_ATTACH'] ?? 0;
    const other = victim === undefined ? undefined : stage.actor(victim, 'object');
    const pid = other === undefined ? 0 : process.place.isHost ? other.pid : other.vpid;
    const data = SIGNALLED.has(request) && result === 0 ? NO_SIGNAL : ZERO_ADDRESS;
    stage.emit(process, 'SYSCALL_PTRACE_X', [result, ZERO_ADDRESS, data, request, pid]);
    return undefined;
  },
});
