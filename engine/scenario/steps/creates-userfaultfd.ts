import { plainVerb } from '../verb.ts';

/** O_CLOEXEC and UFFD_USER_MODE_ONLY, as the kernel takes them: what a user without rights has to ask for. */
const USER_MODE_ONLY = 0x80001;

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
      process.files.set(fd, { path: '', kind: 'other', inode, device: 0, socket: undefined, closeOnExec: true });
    stage.emit(process, 'SYSCALL_USERFAULTFD_X', [fd, USER_MODE_ONLY]);
    return fd;
  },
});
