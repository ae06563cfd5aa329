import type { ByteString } from '../../model/byte-string.ts';
import { optional } from '../language/kind.ts';
import { choice, pattern, text } from '../language/scalars.ts';
import { verb } from '../verb.ts';

type DupCall = 'dup' | 'dup2' | 'dup3';

const TARGET = /^(stdin|stdout|stderr|\d{1,4})$/;
const target = pattern(TARGET, 'stdin, stdout, stderr or a number', {
  type: ['string', 'integer'],
  pattern: TARGET.source,
});

/** A process gives an open file a second number. */
export const DUPLICATES = verb({
  words: 'duplicates',
  about: 'Gives an open file a second number, such as that of standard input.',
  example: 'shell duplicates: connection, with to: stdin',
  names: 'file',
  canFail: true,
  object: text,
  keys: {
    to: optional<ByteString>(
      target,
      'The number it gets: stdin, stdout, stderr or digits. Without it: the lowest free one.',
    ),
    by: optional<DupCall>(choice('dup', 'dup2', 'dup3'), "The call. Without it: dup2 where there is a 'to', else dup."),
  },
  perform({ stage, process, object, keys, result }) {
    const old = stage.handle(process, object, 'object');
    const wanted = keys.to === undefined ? process.lowestFd() : numberOf(keys.to);
    const fd = result < 0 ? result : wanted;
    const file = process.files.get(old);
    if (fd >= 0 && file !== undefined) process.files.set(fd, { ...file, closeOnExec: false });
    const by = keys.by ?? (keys.to === undefined ? 'dup' : 'dup2');
    if (by === 'dup') stage.emit(process, 'SYSCALL_DUP_1_X', [fd, old]);
    else if (by === 'dup2') stage.emit(process, 'SYSCALL_DUP2_X', [fd, old, wanted]);
    else stage.emit(process, 'SYSCALL_DUP3_X', [fd, old, wanted, 0]);
    return fd;
  },
});

function numberOf(target: ByteString): number {
  const standard: Readonly<Record<string, number>> = { stdin: 0, stdout: 1, stderr: 2 };
  return standard[target] ?? Number(target);
}
