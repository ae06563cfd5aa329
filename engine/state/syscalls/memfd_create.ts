import { File } from '../file.ts';
import { textParam, type Handler } from '../handler.ts';
import { addFile } from '../opened-file.ts';
import { printable } from '../printable.ts';

/** memfd_create: name, flags. A failed call leaves an entry without a kind under its error number, as in Falco. */
export const memfdCreate: Handler = (moment) => {
  const { event, system } = moment;
  if (moment.thread === undefined) return;
  const fd = moment.result;
  const file = new File(fd, fd >= 0 ? 'memfd' : 'unknown');
  file.hasKind = fd >= 0;
  if (fd >= 0) {
    file.name = system.texts.of(printable(textParam(event, 1)));
    file.openFlags = event.uint32(2);
  }
  addFile(moment, file);
};
