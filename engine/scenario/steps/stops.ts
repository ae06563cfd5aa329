import { stopContainer } from '../kernel/runtime-child.ts';
import { defaulted } from '../language/kind.ts';
import { signal, SIGNAL } from '../language/signal.ts';
import { announceRemoval } from '../stage/announce.ts';
import { requireRunning } from '../stage/running.ts';
import { plainVerb } from '../verb.ts';

/** A container stops. */
export const STOPS = plainVerb({
  words: 'stops',
  about: 'The container stops: all of its processes end, and Falco learns that it is gone.',
  example: 'web stops',
  subject: 'container',
  keys: {
    signal: defaulted<number>(
      signal,
      SIGNAL.SIGKILL ?? 9,
      'The signal that ends its first process. Without it: SIGKILL.',
    ),
  },
  perform({ stage, place, keys }) {
    requireRunning(place);
    stopContainer(stage, place, keys.signal);
    announceRemoval(stage, place);
    return undefined;
  },
});
