import type { ByteString } from '../../model/byte-string.ts';
import { eventFlags } from '../language/event-words.ts';
import { defaulted, optional, required } from '../language/kind.ts';
import { path, text } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process mounts something. */
export const MOUNTS = verb({
  words: 'mounts',
  about: 'Mounts a device or a file system on a directory.',
  example: 'shell mounts: /dev/sda1, with on: /mnt',
  canFail: true,
  object: text,
  keys: {
    on: required<ByteString>(path, 'The directory.'),
    type: optional<ByteString>(text, 'Type of the file system, such as ext4 or cgroup.'),
    flags: defaulted<number>(
      eventFlags('mount flag', 'SYSCALL_MOUNT_X', 'flags'),
      0,
      'Flags, such as BIND: one, or a list.',
    ),
  },
  perform({ stage, process, object, keys, result }) {
    stage.emit(process, 'SYSCALL_MOUNT_X', [result, object, keys.on, keys.type, keys.flags]);
    return undefined;
  },
});
