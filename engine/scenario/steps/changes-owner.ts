import type { ByteString } from '../../model/byte-string.ts';
import { AT_FDCWD } from '../kernel/open.ts';
import { defaulted, required } from '../language/kind.ts';
import { choice, path, text } from '../language/scalars.ts';
import { absolutePath } from '../stage/paths.ts';
import { accountOf } from '../stage/populate.ts';
import { Refusal } from '../stage/refusal.ts';
import { verb } from '../verb.ts';

type ChownCall = 'fchownat' | 'chown' | 'lchown';

/** A number that leaves the owner or the group as it is. */
const UNCHANGED = 0xffffffff;

/** A process gives a file to another user. */
export const CHANGES_OWNER = verb({
  words: 'changes owner',
  about: 'Gives a file to another user or group.',
  example: 'shell changes owner: /tmp/payload, with to: root:root',
  canFail: true,
  object: path,
  keys: {
    to: required<ByteString>(text, 'USER, USER:GROUP or :GROUP, by name or number.'),
    by: defaulted<ChownCall>(
      choice('fchownat', 'chown', 'lchown'),
      'fchownat',
      'The call. Without it: fchownat, as chown does.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    const { accounts, files } = process.place;
    const [user = '', group = ''] = keys.to.split(':');
    const uid = user === '' ? UNCHANGED : accountOf(process.place, user, 'to').uid;
    const gid = group === '' ? UNCHANGED : accounts.findGroup(group);
    if (gid === undefined) throw new Refusal('SCENARIO_UNKNOWN_USER', 'to', `there is no group '${group}' here`);
    if (keys.by === 'fchownat') stage.emit(process, 'SYSCALL_FCHOWNAT_X', [result, AT_FDCWD, object, uid, gid, 0]);
    else stage.emit(process, keys.by === 'chown' ? 'SYSCALL_CHOWN_X' : 'SYSCALL_LCHOWN_X', [result, object, uid, gid]);
    if (result === 0) files.write(absolutePath(process.cwd, object), process.uid, stage.clock.now, false);
    return undefined;
  },
});
