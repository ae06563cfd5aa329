import type { ByteString } from '../../model/byte-string.ts';
import { closeFile } from '../kernel/close.ts';
import { OPEN_FLAG } from '../kernel/open.ts';
import { closesOnExec, isLoopback, socketOf } from '../kernel/socket.ts';
import { tuple, unixTuple } from '../kernel/socket-bytes.ts';
import { address, type Address } from '../language/address.ts';
import { defaulted, optional } from '../language/kind.ts';
import { choice, text } from '../language/scalars.ts';
import { endpointOf } from '../stage/listening.ts';
import type { SocketState } from '../stage/open-file.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import type { Stage } from '../stage/stage.ts';
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
    const inode = stage.nextInode();
    const { state, ends } = connection(stage, process, server, object, inode);
    const flags = keys.by === 'accept4' ? flagsOf(process) : 0;
    const closeOnExec = (flags & OPEN_FLAG.CLOEXEC) !== 0;
    const fd = result < 0 ? result : process.lowestFd();
    if (fd >= 0) process.files.set(fd, { path: '', kind: 'socket', inode, device: 0, socket: state, closeOnExec });
    const told = [fd, result < 0 ? undefined : ends, 0, 0, BACKLOG];
    if (keys.by === 'accept') stage.emit(process, 'SOCKET_ACCEPT_5_X', told);
    else stage.emit(process, 'SOCKET_ACCEPT4_6_X', [...told, flags]);
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});

/** Connections that may wait at a socket. */
const BACKLOG = 511;

/** The socket of a new connection, and what the kernel says of its ends: the other one first. */
function connection(
  stage: Stage,
  process: Process,
  server: SocketState,
  from: Address,
  inode: number,
): { state: SocketState; ends: Uint8Array } {
  const state: SocketState = { ...server, listening: false };
  if (from.kind === 'unix') return { state, ends: unixTuple(inode, stage.nextInode(), server.path) };
  const { ip = '', port = 0 } = server.local ?? {};
  const remote = endpointOf(stage, from.host, from.port, 'object');
  const here = isLoopback(remote.ip) ? remote.ip : process.place.address;
  const local = { ip: isAny(ip) ? here : ip, port };
  state.remote = remote;
  state.local = local;
  return { state, ends: tuple(remote, local) };
}

/** nginx asks for a connection that does not block, others for one that is closed on execve. */
function flagsOf(process: Process): number {
  if (process.image.comm === 'nginx') return OPEN_FLAG.NONBLOCK;
  return closesOnExec(process) ? OPEN_FLAG.CLOEXEC : 0;
}

function lastListening(process: Process): number {
  const { lastListening: found } = process.files;
  if (found !== undefined) return found;
  const hint = "let it listen first, or give the actor 'listens: 0.0.0.0:80'";
  throw new Refusal('SCENARIO_NO_SOCKET', 'subject', 'it does not listen anywhere', hint);
}

/** An address that stands for all of the machine's. */
function isAny(ip: ByteString): boolean {
  return /^\0*$/.test(ip);
}
