import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { OPEN_FLAG, openFile } from '../kernel/open.ts';
import { optional } from '../language/kind.ts';
import { namespace, namespaceFile } from '../language/namespace.ts';
import { name } from '../language/scalars.ts';
import { verb } from '../verb.ts';

/** A process goes into a namespace of another one. */
export const JOINS_NAMESPACE = verb({
  words: 'joins namespace',
  about: 'Goes into a namespace of another process: mount, network, pid, user, uts, ipc or cgroup.',
  example: 'shell joins namespace: mount',
  canFail: true,
  object: namespace,
  keys: { of: optional<ByteString>(name, 'The actor it belongs to. Without it: process 1.') },
  perform({ stage, process, object, keys, result }) {
    const other = keys.of === undefined ? undefined : stage.actor(keys.of, 'of');
    const pid = other === undefined ? 1 : process.place.isHost ? other.pid : other.vpid;
    const path = `/proc/${pid}/ns/${namespaceFile(object)}`;
    const fd = openFile(stage, process, { path, flags: OPEN_FLAG.RDONLY });
    stage.emit(process, 'SYSCALL_SETNS_X', [result, fd, object]);
    closeFile(stage, process, fd);
    return undefined;
  },
});
