import { plainVerb } from '../verb.ts';

/** A process asks to handle page faults itself. */
export const CREATES_USERFAULTFD = plainVerb({
  words: 'creates userfaultfd',
  about: 'Asks to handle page faults itself. The file that it gets stays open.',
  example: 'exploit creates userfaultfd',
  names: 'file',
  canFail: true,
  keys: {},
  perform({ stage, process, result }) {
    const fd = result < 0 ? result : process.lowestFd();
    const inode = stage.nextInode();
    if (fd >= 0)
      process.files.set(fd, { path: '', kind: 'other', inode, device: 0, socket: undefined, closeOnExec: false });
    stage.emit(process, 'SYSCALL_USERFAULTFD_X', [fd, 0]);
    return fd;
  },
});
