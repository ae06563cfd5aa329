import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { payload } from '../kernel/payload.ts';
import { socketFor, socketOf } from '../kernel/socket.ts';
import { tuple, unixTuple } from '../kernel/socket-bytes.ts';
import { address, type Address } from '../language/address.ts';
import { defaulted, optional } from '../language/kind.ts';
import { choice, integer, text } from '../language/scalars.ts';
import { WRITTEN_AS, writtenBytes } from '../kernel/written-as.ts';
import { endpointOf } from '../stage/listening.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import type { Stage } from '../stage/stage.ts';
import { verbWithOption } from '../verb.ts';

const MAX_BYTES = 0x7fffffff;

/** A process sends something over the network. */
export const SENDS = verbWithOption({
  words: 'sends',
  about: 'Sends a text over a connection, or as a datagram to an address.',
  example: 'curl sends: "GET / HTTP/1.1", with over: connection',
  canFail: true,
  object: text,
  keys: {
    over: optional<ByteString>(text, "The connection, by the name that 'as' gave it."),
    to: optional<Address>(address, 'Where a datagram goes; it has a socket of its own unless there is one in over.'),
    bytes: optional<number>(integer(0, MAX_BYTES), 'How many bytes, where the text is only a part.'),
    'written as': WRITTEN_AS,
    by: defaulted<'sendto' | 'sendmsg'>(choice('sendto', 'sendmsg'), 'sendto', 'The call. Without it: sendto.'),
  },
  perform({ stage, process, object, keys, result }) {
    if (keys.over === undefined && keys.to === undefined) {
      throw new Refusal(
        'SCENARIO_NO_SOCKET',
        'object',
        'say over which connection, or to which address',
        "with 'over:' or 'to:'",
      );
    }
    const own =
      keys.over === undefined && keys.to !== undefined ? socketFor(stage, process, keys.to, 'udp', 'to') : undefined;
    const fd = own ?? stage.handle(process, keys.over ?? '', 'over');
    const data = writtenBytes(object, keys['written as']);
    const size = keys.bytes ?? data.length;
    const both = result < 0 ? undefined : tupleOf(stage, process, fd, keys.to);
    const symbol = keys.by === 'sendto' ? 'SOCKET_SENDTO_X' : 'SOCKET_SENDMSG_X';
    stage.emit(process, symbol, [result < 0 ? result : size, payload(data, size), fd, size, both]);
    if (own !== undefined) closeFile(stage, process, own);
    return undefined;
  },
});

/** What the kernel says of both ends: those of the connection, or for a datagram a bare port and the address it goes to. */
function tupleOf(stage: Stage, process: Process, fd: number, to: Address | undefined): Uint8Array | undefined {
  const socket = socketOf(process, fd, 'over');
  if (socket.path !== '') return unixTuple(process.files.get(fd)?.inode ?? 0, 0, socket.path);
  const remote = socket.remote ?? (to?.kind === 'internet' ? endpointOf(stage, to.host, to.port, 'to') : undefined);
  if (remote === undefined) return undefined;
  socket.local ??= { ip: '\0'.repeat(remote.ip.length), port: stage.nextPort() };
  return tuple(socket.local, remote);
}
