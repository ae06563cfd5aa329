import type { ByteString } from '../../model/byte-string.ts';
import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted, required } from '../language/kind.ts';
import { choice, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

type RenameCall = 'renameat2' | 'rename' | 'renameat';

/** The flag of renameat2 with which mv asks not to overwrite: `PPM_RENAME_NOREPLACE`. */
const NOREPLACE = 1;

/** A process gives a file another name. */
export const RENAMES = verb({
  words: 'renames',
  about: 'Gives a file another name.',
  example: 'shell renames: /usr/bin/ls, with to: /usr/bin/ls.bak',
  canFail: true,
  object: path,
  keys: {
    to: required<ByteString>(path, 'The new name.'),
    by: defaulted<RenameCall>(
      choice('renameat2', 'rename', 'renameat'),
      'renameat2',
      'The call. Without it: renameat2, as mv does.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    const [from, to] = [object, keys.to];
    if (keys.by === 'rename') stage.emit(process, 'SYSCALL_RENAME_X', [result, from, to]);
    else if (keys.by === 'renameat') stage.emit(process, 'SYSCALL_RENAMEAT_X', [result, AT_FDCWD, from, AT_FDCWD, to]);
    else stage.emit(process, 'SYSCALL_RENAMEAT2_X', [result, AT_FDCWD, from, AT_FDCWD, to, NOREPLACE]);
    if (result !== 0) return undefined;
    const { cwd, place } = process;
    place.files.move(absolutePath(cwd, from), absolutePath(cwd, to), stage.clock.now);
    return undefined;
  },
});
