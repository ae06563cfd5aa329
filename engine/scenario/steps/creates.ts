import { closeFile } from '../kernel/close.ts';
import { OPEN_FLAG, openFile, type OpenCall } from '../kernel/open.ts';
import { defaulted } from '../language/kind.ts';
import { choice, flag, mode, path } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process makes a file. */
export const CREATES = verb({
  words: 'creates',
  about: "Makes a file and opens it for writing. Without 'as' it closes it again.",
  example: 'shell creates: /tmp/payload',
  names: 'file',
  canFail: true,
  object: path,
  keys: {
    mode: defaulted<number>(mode, 0o666, 'Permissions that are asked for. Without it: 666, as shells do.'),
    exclusive: defaulted<boolean>(flag, false, 'Refuses a file that is there, instead of making it empty.'),
    by: defaulted<OpenCall>(choice('openat', 'open', 'openat2', 'creat'), 'openat', 'The call. Without it: openat.'),
  },
  perform({ stage, process, object, keys, as, result }) {
    const flags = OPEN_FLAG.WRONLY | OPEN_FLAG.CREAT | (keys.exclusive ? OPEN_FLAG.EXCL : OPEN_FLAG.TRUNC);
    const fd = openFile(stage, process, { path: object, flags, mode: keys.mode, by: keys.by, result });
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});
