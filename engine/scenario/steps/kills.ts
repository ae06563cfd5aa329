import { exit } from '../kernel/exit.ts';
import { defaulted } from '../language/kind.ts';
import { flag, text } from '../language/scalars.ts';
import { isDeadly, signal, SIGNAL } from '../language/signal.ts';
import { verb } from '../verb.ts';

/** A process sends a signal to another one. */
export const KILLS = verb({
  words: 'kills',
  about: 'Sends a signal to another actor, which ends if the signal is deadly.',
  example: 'malware kills: agent',
  canFail: true,
  object: text,
  keys: {
    signal: defaulted<number>(signal, SIGNAL.SIGTERM ?? 15, 'The signal. Without it: SIGTERM.'),
    handled: defaulted<boolean>(flag, false, 'The other one is prepared for the signal and goes on, as servers do.'),
  },
  perform({ stage, process, object, keys, result }) {
    const victim = stage.actor(object, 'object');
    const pid = process.place.isHost ? victim.pid : victim.vpid;
    stage.emit(process, 'SYSCALL_KILL_X', [result, pid, keys.signal]);
    if (result === 0 && !keys.handled && isDeadly(keys.signal)) exit(stage, victim, { signal: keys.signal });
    return undefined;
  },
});
