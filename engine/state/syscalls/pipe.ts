import { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';
import { addFile } from '../opened-file.ts';

/** pipe: both ends and their inode. */
export const pipe: Handler = (moment) => addPipe(moment, 0);

/** pipe2: the same and flags. */
export const pipe2: Handler = (moment) => addPipe(moment, moment.event.uint32(4));

function addPipe(moment: Moment, flags: number): void {
  const { event } = moment;
  if (moment.thread === undefined || moment.result < 0) return;
  for (const end of [event.int64(1), event.int64(2)]) {
    const file = new File(end, 'fifo');
    file.inode = event.unsigned64(3);
    file.openFlags = flags;
    addFile(moment, file);
  }
}
