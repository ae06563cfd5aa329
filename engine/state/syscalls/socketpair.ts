import { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import { addFile } from '../opened-file.ts';
import { copyBytes, UNIX } from '../socket-layout.ts';

const POINTER_BYTES = 8;

/** socketpair: two fds and the kernel addresses of both ends. The event's file is the first. */
export const socketpair: Handler = (moment) => {
  const { event, thread } = moment;
  if (thread === undefined || moment.result < 0) return;
  const first = event.int64(1);
  const second = event.int64(2);
  if (first === second) return;
  const file = new File(first, 'unix');
  copyBytes(file.socketBytes(), UNIX.SOURCE, event.data(3), 0, Math.min(event.length(3), POINTER_BYTES));
  copyBytes(file.socketBytes(), UNIX.DEST, event.data(4), 0, Math.min(event.length(4), POINTER_BYTES));
  addFile(moment, file);
  const added = moment.file;
  addFile(moment, file.copy(second));
  moment.file = added;
};
