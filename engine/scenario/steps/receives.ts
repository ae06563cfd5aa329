import type { ByteString } from '../../model/byte-string.ts';
import { payload } from '../kernel/payload.ts';
import { socketOf } from '../kernel/socket.ts';
import { tuple, unixTuple } from '../kernel/socket-bytes.ts';
import { address, type Address } from '../language/address.ts';
import { defaulted, optional, required } from '../language/kind.ts';
import { choice, integer, text } from '../language/scalars.ts';
import { WRITTEN_AS, writtenBytes } from '../kernel/written-as.ts';
import { endpointOf } from '../stage/listening.ts';
import type { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';
import { verbWithOption } from '../verb.ts';

const MAX_BYTES = 0x7fffffff;

/** A process receives something over the network. */
export const RECEIVES = verbWithOption({
  words: 'receives',
  about: 'Receives a text over a connection, or as a datagram from an address.',
  example: 'nginx receives: "GET / HTTP/1.1", with over: request',
  canFail: true,
  object: text,
  keys: {
    over: required<ByteString>(text, "The connection, by the name that 'as' gave it."),
    from: optional<Address>(address, 'Where a datagram comes from.'),
    bytes: optional<number>(integer(0, MAX_BYTES), 'How many bytes, where the text is only a part.'),
    'written as': WRITTEN_AS,
    by: defaulted<'recvfrom' | 'recvmsg'>(choice('recvfrom', 'recvmsg'), 'recvfrom', 'The call. Without it: recvfrom.'),
  },
  perform({ stage, process, object, keys, result }) {
    const fd = stage.handle(process, keys.over, 'over');
    const data = writtenBytes(object, keys['written as']);
    const length = result < 0 ? result : (keys.bytes ?? data.length);
    const both = result < 0 ? undefined : tupleOf(stage, process, fd, keys.from);
    const bytes = payload(data, length);
    if (keys.by === 'recvfrom') stage.emit(process, 'SOCKET_RECVFROM_X', [length, bytes, both, fd, 1024]);
    else stage.emit(process, 'SOCKET_RECVMSG_X', [length, Math.max(length, 0), bytes, both, undefined, fd]);
    return undefined;
  },
});

/** Both ends as the kernel says them of what comes in: the other end first. */
function tupleOf(stage: Stage, process: Process, fd: number, from: Address | undefined): Uint8Array | undefined {
  const socket = socketOf(process, fd, 'over');
  if (socket.path !== '') return unixTuple(0, process.files.get(fd)?.inode ?? 0, socket.path);
  const remote =
    socket.remote ?? (from?.kind === 'internet' ? endpointOf(stage, from.host, from.port, 'from') : undefined);
  if (remote === undefined) return undefined;
  return tuple(remote, socket.local ?? { ip: '\0'.repeat(remote.ip.length), port: 0 });
}
