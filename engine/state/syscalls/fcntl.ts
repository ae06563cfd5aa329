import type { Handler } from '../handler.ts';
import { OPEN } from '../open-flags.ts';
import { addCopy, changeFile } from '../opened-file.ts';

const F_DUPFD = 1;
const F_SETFD = 3;
const F_DUPFD_CLOEXEC = 26;
const FD_CLOEXEC = 1;

/** fcntl: fd, command, argument. Three commands matter: two that copy a file and one that marks it. */
export const fcntl: Handler = (moment) => {
  const { event, file, result } = moment;
  const command = event.uint8(2);
  if (command !== F_DUPFD && command !== F_DUPFD_CLOEXEC && command !== F_SETFD) return;
  if (file === undefined || result < 0) return;
  if (command !== F_SETFD) {
    addCopy(moment, file, result, command === F_DUPFD_CLOEXEC ? OPEN.CLOEXEC : 0);
    return;
  }
  const changed = changeFile(moment);
  if (changed === undefined) return;
  changed.clearCloseOnExec();
  if ((event.uint8(3) & FD_CLOEXEC) !== 0) changed.openFlags |= OPEN.CLOEXEC;
};
