import type { ByteString } from '../../model/byte-string.ts';
import type { OpenFile } from '../stage/open-file.ts';
import { optional } from '../language/kind.ts';
import { name } from '../language/scalars.ts';
import { plainVerb } from '../verb.ts';

/** A process makes a pipe. */
export const CREATES_PIPE = plainVerb({
  words: 'creates pipe',
  about: "Makes a pipe. 'as' names the end that is read, 'writing end' the other.",
  example: 'shell creates pipe, with as: output',
  names: 'file',
  canFail: true,
  keys: { 'writing end': optional<ByteString>(name, 'The name of the end that is written.') },
  perform({ stage, process, keys, result }) {
    if (result < 0) {
      stage.emit(process, 'SYSCALL_PIPE2_X', [result, -1, -1, 0, 0]);
      return result;
    }
    const inode = stage.nextInode();
    const pipe = (): OpenFile => ({ path: '', kind: 'pipe', inode, device: 0, socket: undefined, closeOnExec: false });
    const reading = process.lowestFd();
    process.files.set(reading, pipe());
    const writing = process.lowestFd();
    process.files.set(writing, pipe());
    stage.emit(process, 'SYSCALL_PIPE2_X', [0, reading, writing, inode, 0]);
    const writingEnd = keys['writing end'];
    if (writingEnd !== undefined) stage.handles.set(writingEnd, { process, fd: writing });
    return reading;
  },
});
