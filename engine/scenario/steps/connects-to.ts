import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { connectSocket, socketFor, type Transport } from '../kernel/socket.ts';
import { address } from '../language/address.ts';
import { defaulted, optional } from '../language/kind.ts';
import { choice } from '../language/scalars.ts';
import { ip } from '../read-machine.ts';
import { verb } from '../verb.ts';

/** A process connects to somewhere. */
export const CONNECTS_TO = verb({
  words: 'connects to',
  about: "Opens a socket and connects it. Without 'as' it closes it again.",
  example: 'shell connects to: 203.0.113.5:4444',
  names: 'file',
  canFail: true,
  object: address,
  keys: {
    over: defaulted<Transport>(choice('tcp', 'udp'), 'tcp', 'tcp or udp. Without it: tcp.'),
    from: optional<ByteString>(ip, "The IP address it comes from. Without it: the machine's or the container's."),
  },
  perform({ stage, process, object, keys, as, result }) {
    const fd = socketFor(stage, process, object, keys.over, 'object');
    connectSocket(stage, process, fd, object, result, keys.from);
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});
