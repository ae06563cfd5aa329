import type { ByteString } from '../../model/byte-string.ts';
import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted, required } from '../language/kind.ts';
import { choice, path } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { verb } from '../verb.ts';

/** A process gives a file a second name. */
export const LINKS = verb({
  words: 'links',
  about: 'Makes a hard link: a second name for a file that is there.',
  example: 'shell links: /tmp/s, with to: /etc/shadow',
  canFail: true,
  object: path,
  keys: {
    to: required<ByteString>(path, 'The file that is there.'),
    by: defaulted<'linkat' | 'link'>(choice('linkat', 'link'), 'linkat', 'The call. Without it: linkat, as ln does.'),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.by === 'link') stage.emit(process, 'SYSCALL_LINK_2_X', [result, keys.to, object]);
    else stage.emit(process, 'SYSCALL_LINKAT_2_X', [result, AT_FDCWD, keys.to, AT_FDCWD, object, 0]);
    const path = absolutePath(process.cwd, object);
    if (result === 0) process.place.files.write(path, process.uid, stage.clock.now, true);
    return undefined;
  },
});
