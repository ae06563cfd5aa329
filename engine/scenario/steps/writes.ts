import type { ByteString } from '../../model/byte-string.ts';
import { payload } from '../kernel/payload.ts';
import { optional, required } from '../language/kind.ts';
import { integer, text } from '../language/scalars.ts';
import { WRITTEN_AS, writtenBytes } from '../kernel/written-as.ts';
import { verbWithOption } from '../verb.ts';

const MAX_BYTES = 0x7fffffff;

/** A process writes to an open file. */
export const WRITES = verbWithOption({
  words: 'writes',
  about: 'Writes a text to an open file. Falco does not look at this unless it is told to watch every syscall.',
  example: 'shell writes: "* * * * * root /tmp/x", with to: job',
  canFail: true,
  object: text,
  keys: {
    to: required<ByteString>(text, "The open file, by the name that 'as' gave it."),
    bytes: optional<number>(integer(0, MAX_BYTES), 'How many bytes, where the text is only a part.'),
    'written as': WRITTEN_AS,
  },
  perform({ stage, process, object, keys, result }) {
    const fd = stage.handle(process, keys.to, 'to');
    const data = writtenBytes(object, keys['written as']);
    const size = keys.bytes ?? data.length;
    stage.emit(process, 'SYSCALL_WRITE_X', [result < 0 ? result : size, payload(data, size), fd, size]);
    return undefined;
  },
});
