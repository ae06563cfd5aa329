import { closeFile } from '../kernel/close.ts';
import { OPEN_FLAG, openFile } from '../kernel/open.ts';
import { path } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process looks into a directory. */
export const LISTS = verb({
  words: 'lists',
  about: "Opens a directory to see what is in it. Without 'as' it closes it again.",
  example: 'ls lists: /home/alice/.ssh/',
  names: 'file',
  canFail: true,
  object: path,
  keys: {},
  perform({ stage, process, object, as, result }) {
    const flags = OPEN_FLAG.RDONLY | OPEN_FLAG.NONBLOCK | OPEN_FLAG.CLOEXEC | OPEN_FLAG.DIRECTORY;
    const fd = openFile(stage, process, { path: object, flags, result });
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});
