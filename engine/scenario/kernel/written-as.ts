import type { ByteString } from '../../model/byte-string.ts';
import { Refusal } from '../stage/refusal.ts';
import { defaulted } from '../language/kind.ts';
import { choice } from '../language/scalars.ts';

/** How the story writes what is sent, received, read or written. */
export const WRITTEN_AS = defaulted<'text' | 'hex'>(
  choice('text', 'hex'),
  'text',
  'How it is written here: as text, or as hex where it is none, such as cafebabe.',
);

/** The bytes that a step speaks of. Throws a `Refusal` for what isn't hex. */
export function writtenBytes(object: ByteString | undefined, writtenAs: 'text' | 'hex'): ByteString {
  if (object === undefined || writtenAs === 'text') return object ?? '';
  const digits = object.replaceAll(' ', '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new Refusal('SCENARIO_VALUE', 'object', 'this is not hex', 'two digits from 0 to f for each byte');
  }
  return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}
