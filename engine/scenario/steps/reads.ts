import type { ByteString } from '../../model/byte-string.ts';
import { payload } from '../kernel/payload.ts';
import { defaulted, optional, required } from '../language/kind.ts';
import { integer, text } from '../language/scalars.ts';
import { WRITTEN_AS, writtenBytes } from '../kernel/written-as.ts';
import { verbWithOption } from '../verb.ts';

const MAX_BYTES = 0x7fffffff;

/** A process reads from an open file. */
export const READS = verbWithOption({
  words: 'reads',
  about: 'Reads a text from an open file. Falco does not look at this unless it is told to watch every syscall.',
  example: 'shell reads: "root:x:0:0", with from: passwd',
  canFail: true,
  object: text,
  keys: {
    from: required<ByteString>(text, "The open file, by the name that 'as' gave it."),
    bytes: optional<number>(integer(0, MAX_BYTES), 'How many bytes, where the text is only a part.'),
    'written as': WRITTEN_AS,
    size: defaulted<number>(integer(0, MAX_BYTES), 131_072, 'Room for what is read.'),
  },
  perform({ stage, process, object, keys, result }) {
    const fd = stage.handle(process, keys.from, 'from');
    const data = writtenBytes(object, keys['written as']);
    const length = result < 0 ? result : (keys.bytes ?? data.length);
    stage.emit(process, 'SYSCALL_READ_X', [length, payload(data, length), fd, keys.size]);
    return undefined;
  },
});
