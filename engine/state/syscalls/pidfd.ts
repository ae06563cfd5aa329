import { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import { OPEN } from '../open-flags.ts';
import { addCopy, addFile } from '../opened-file.ts';

/** pidfd_open: process, flags. */
export const pidfdOpen: Handler = (moment) => {
  const { event, system } = moment;
  const fd = moment.result;
  if (moment.thread === undefined || fd < 0) return;
  const file = new File(fd, 'pidfd');
  file.pid = event.int64(1);
  file.name = system.texts.of(`/proc/${file.pid}`);
  file.openFlags = event.uint32(2);
  addFile(moment, file);
};

/** pidfd_getfd: pidfd, number in that process. The copy is closed on exec. */
export const pidfdGetfd: Handler = (moment) => {
  const { event, system, thread } = moment;
  const pidfd = thread?.findFile(event.int64(1));
  if (pidfd?.kind !== 'pidfd') return;
  const target = system.threads.get(pidfd.pid)?.findFile(event.int64(2));
  if (target !== undefined) addCopy(moment, target, moment.result, OPEN.CLOEXEC);
};
