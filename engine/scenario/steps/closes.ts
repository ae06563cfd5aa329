import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { text } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process closes an open file. */
export const CLOSES = verb<ByteString, Record<never, never>>({
  words: 'closes',
  about: 'Closes an open file: by the name that it was given, stdin, stdout, stderr, or its number.',
  example: 'shell closes: stdin',
  object: text,
  keys: {},
  perform({ stage, process, object }) {
    closeFile(stage, process, stage.handle(process, object, 'object'));
    return undefined;
  },
});
