import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { socketOf } from '../kernel/socket.ts';
import { tuple, unixTuple } from '../kernel/socket-bytes.ts';
import { address } from '../language/address.ts';
import { defaulted, optional } from '../language/kind.ts';
import { choice, text } from '../language/scalars.ts';
import { endpointOf } from '../stage/listening.ts';
import type { SocketState } from '../stage/open-file.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import { verb } from '../verb.ts';

/** A process takes a connection. */
export const ACCEPTS = verb({
  words: 'accepts',
  about: "Takes a connection that comes from an address. Without 'as' it closes it again.",
  example: 'nginx accepts: 198.51.100.7:51234',
  names: 'file',
  canFail: true,
  object: address,
  keys: {
    on: optional<ByteString>(text, 'The socket that listens. Without it: the last one that the process opened.'),
    by: defaulted<'accept4' | 'accept'>(choice('accept4', 'accept'), 'accept4', 'The call. Without it: accept4.'),
  },
  perform({ stage, process, object, keys, as, result }) {
    const listening = keys.on === undefined ? lastListening(process) : stage.handle(process, keys.on, 'on');
    const server = socketOf(process, listening, 'on');
    const fd = result < 0 ? result : process.lowestFd();
    const inode = stage.nextInode();
    let both: Uint8Array | undefined;
    const state: SocketState = { ...server, listening: false };
    if (object.kind === 'unix') both = unixTuple(inode, stage.nextInode(), server.path);
    else {
      state.remote = endpointOf(stage, object.host, object.port, 'object');
      state.local = {
        ip: isAny(server.local?.ip) ? process.place.address : (server.local?.ip ?? ''),
        port: server.local?.port ?? 0,
      };
      both = tuple(state.remote, state.local);
    }
    if (fd >= 0)
      process.files.set(fd, { path: '', kind: 'socket', inode, device: 0, socket: state, closeOnExec: false });
    const queue = [0, 0, 511];
    if (keys.by === 'accept') stage.emit(process, 'SOCKET_ACCEPT_5_X', [fd, result < 0 ? undefined : both, ...queue]);
    else stage.emit(process, 'SOCKET_ACCEPT4_6_X', [fd, result < 0 ? undefined : both, ...queue, 0]);
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});

function lastListening(process: Process): number {
  const found = [...process.files].filter(([, file]) => file.socket?.listening === true).at(-1);
  if (found !== undefined) return found[0];
  const hint = "let it listen first, or give the actor 'listens: 0.0.0.0:80'";
  throw new Refusal('SCENARIO_NO_SOCKET', 'subject', 'it does not listen anywhere', hint);
}

/** An address that stands for all of the machine's. */
function isAny(ip: ByteString | undefined): boolean {
  return ip === undefined || /^\0+$/.test(ip);
}
