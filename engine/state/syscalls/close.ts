import type { Handler } from '../handler.ts';
import { OPEN } from '../open-flags.ts';

const CLOSE_RANGE_CLOEXEC = 1 << 2;

/** close: rules still see the file; it goes when the moment is settled. */
export const close: Handler = (moment) => {
  const { file, thread } = moment;
  if (moment.result >= 0 && file !== undefined && thread !== undefined) {
    moment.system.closeLater(thread.tid, thread.lastEventFd);
  }
};

/** close_range: first, last, flags. It closes at once, or marks for closing on exec. */
export const closeRange: Handler = (moment) => {
  const { event, thread } = moment;
  const files = thread?.openFiles;
  if (files === undefined || moment.result < 0) return;
  const first = event.uint32(1);
  const last = event.uint32(2);
  if ((event.uint32(3) & CLOSE_RANGE_CLOEXEC) === 0) {
    files.removeIf(({ fd }) => fd >= first && fd <= last);
    return;
  }
  const numbers = Array.from(files.values(), ({ fd }) => fd).filter((fd) => fd >= first && fd <= last);
  for (const fd of numbers) {
    const file = files.own(fd);
    if (file !== undefined) file.openFlags |= OPEN.CLOEXEC;
  }
};
