import { closeFile } from '../kernel/close.ts';
import { OPEN_FLAG, openFile, type OpenCall } from '../kernel/open.ts';
import { eventFlags } from '../language/event-words.ts';
import { defaulted } from '../language/kind.ts';
import { choice, mode, path } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** What a file is opened for, and the flags that programs ask for then. */
const PURPOSE = {
  reading: OPEN_FLAG.RDONLY,
  writing: OPEN_FLAG.WRONLY,
  'reading and writing': OPEN_FLAG.RDWR,
  appending: OPEN_FLAG.WRONLY | OPEN_FLAG.APPEND,
  truncating: OPEN_FLAG.WRONLY | OPEN_FLAG.TRUNC,
} as const;
type Purpose = keyof typeof PURPOSE;

/** A process opens a file that is there. */
export const OPENS = verb({
  words: 'opens',
  about: "Opens a file that is there. Without 'as' it closes it again.",
  example: 'shell opens: /etc/shadow',
  names: 'file',
  canFail: true,
  object: path,
  keys: {
    for: defaulted<Purpose>(
      choice(...(Object.keys(PURPOSE) as Purpose[])),
      'reading',
      'What for. Without it: reading.',
    ),
    flags: defaulted<number>(
      eventFlags('open flag', 'SYSCALL_OPENAT_2_X', 'flags'),
      0,
      'More flags, such as O_CLOEXEC: one, or a list.',
    ),
    mode: defaulted<number>(mode, 0o666, 'Permissions, where a flag is O_CREAT.'),
    by: defaulted<OpenCall>(choice('openat', 'open', 'openat2', 'creat'), 'openat', 'The call. Without it: openat.'),
  },
  perform({ stage, process, object, keys, as, result }) {
    const flags = PURPOSE[keys.for] | keys.flags;
    const fd = openFile(stage, process, { path: object, flags, mode: keys.mode, by: keys.by, exists: true, result });
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});
