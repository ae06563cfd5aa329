import type { ByteString } from '../../model/byte-string.ts';
import { defaulted } from '../language/kind.ts';
import { flag, text } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** `PPM_MFD_CLOEXEC`. */
const CLOEXEC = 1;

/** A process makes a file that is only in memory. */
export const CREATES_MEMFD = verb({
  words: 'creates memfd',
  about: 'Makes a file that is only in memory. It stays open.',
  example: 'python creates memfd: kworker, with as: payload',
  names: 'file',
  canFail: true,
  object: text,
  keys: { 'close on exec': defaulted<boolean>(flag, false, 'Closed when the process becomes another program.') },
  perform({ stage, process, object, keys, result }) {
    const name: ByteString = object;
    const closeOnExec = keys['close on exec'];
    const fd = result < 0 ? result : process.lowestFd();
    const inode = stage.nextInode();
    if (fd >= 0) process.files.set(fd, { path: name, kind: 'memfd', inode, device: 1, socket: undefined, closeOnExec });
    stage.emit(process, 'SYSCALL_MEMFD_CREATE_X', [fd, name, closeOnExec ? CLOEXEC : 0]);
    return fd;
  },
});
