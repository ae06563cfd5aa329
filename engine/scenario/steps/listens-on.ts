import { socketFor, socketOf, type Transport } from '../kernel/socket.ts';
import { sockaddr, unixSockaddr } from '../kernel/socket-bytes.ts';
import { address } from '../language/address.ts';
import { defaulted } from '../language/kind.ts';
import { choice, integer } from '../language/scalars.ts';
import { endpointOf } from '../stage/listening.ts';
import { verb } from '../verb.ts';

/** A process waits for connections. */
export const LISTENS_ON = verb({
  words: 'listens on',
  about: 'Opens a socket, binds it to an address and listens; over udp it only binds it. It stays open.',
  example: 'nc listens on: 0.0.0.0:4444',
  names: 'file',
  canFail: true,
  object: address,
  keys: {
    over: defaulted<Transport>(choice('tcp', 'udp'), 'tcp', 'tcp or udp. Without it: tcp.'),
    backlog: defaulted<number>(integer(0, 65_535), 511, 'Connections that may wait.'),
  },
  perform({ stage, process, object, keys, result }) {
    const fd = socketFor(stage, process, object, keys.over, 'object');
    const socket = socketOf(process, fd);
    if (object.kind === 'unix') socket.path = object.path;
    else socket.local = endpointOf(stage, object.host, object.port, 'object');
    const at = socket.local === undefined ? unixSockaddr(socket.path) : sockaddr(socket.local);
    stage.emit(process, 'SOCKET_BIND_X', [result, at, fd]);
    if (result < 0 || keys.over === 'udp') return fd;
    process.files.listen(fd, socket);
    stage.emit(process, 'SOCKET_LISTEN_X', [0, fd, keys.backlog]);
    return fd;
  },
});
