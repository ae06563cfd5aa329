import type { ByteString } from '../../model/byte-string.ts';
import { exit } from '../kernel/exit.ts';
import { defaulted } from '../language/kind.ts';
import { text } from '../language/scalars.ts';
import { isDeadly, signal, SIGNAL } from '../language/signal.ts';
import { verb } from '../verb.ts';

/** A process sends a signal to another one. */
export const KILLS = verb<ByteString, { signal: ReturnType<typeof defaulted<number>> }>({
  words: 'kills',
  about: 'Sends a signal to another actor, which ends if the signal is deadly.',
  example: 'malware kills: agent',
  canFail: true,
  object: text,
  keys: { signal: defaulted<number>(signal, SIGNAL.SIGTERM ?? 15, 'The signal. Without it: SIGTERM.') },
  perform({ stage, process, object, keys, result }) {
    const victim = stage.actor(object, 'object');
    const pid = process.place.isHost ? victim.pid : victim.vpid;
    stage.emit(process, 'SYSCALL_KILL_X', [result, pid, keys.signal]);
    if (result === 0 && isDeadly(keys.signal)) exit(stage, victim, { signal: keys.signal });
    return undefined;
  },
});
