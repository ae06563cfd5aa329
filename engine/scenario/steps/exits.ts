import { exit } from '../kernel/exit.ts';
import { optional } from '../language/kind.ts';
import { integer } from '../language/scalars.ts';
import { signal } from '../language/signal.ts';
import { verbWithOption } from '../verb.ts';

/** A process ends. */
export const EXITS = verbWithOption({
  words: 'exits',
  about: 'Ends, with a status from 0 to 255, or by a signal.',
  example: 'shell exits: 1',
  object: integer(0, 255),
  keys: { signal: optional<number>(signal, 'The signal that ends it, such as SIGKILL.') },
  perform({ stage, process, object, keys }) {
    exit(stage, process, { status: object ?? 0, signal: keys.signal ?? 0 });
    return undefined;
  },
});
