import type { ByteString } from '../../model/byte-string.ts';
import type { Address } from '../language/address.ts';
import { endpointOf, FAMILY, PROTOCOL, SOCKET_TYPE } from '../stage/listening.ts';
import type { Endpoint, SocketState } from '../stage/open-file.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import type { Stage } from '../stage/stage.ts';
import { OPEN_FLAG } from './open.ts';
import { familyOf, sockaddr, tuple, unixSockaddr, unixTuple } from './socket-bytes.ts';

/** Transport of an internet connection. */
export type Transport = 'tcp' | 'udp';

/** Opens a socket; gives its number, or the negative errno. */
export function openSocket(
  stage: Stage,
  process: Process,
  family: number,
  type: number,
  protocol: number,
  result = 0,
): number {
  const fd = result < 0 ? result : process.lowestFd();
  const closeOnExec = closesOnExec(process);
  const state: SocketState = {
    family,
    type,
    protocol,
    local: undefined,
    remote: undefined,
    listening: false,
    path: '',
  };
  if (fd >= 0) {
    const inode = stage.nextInode();
    process.files.set(fd, { path: '', kind: 'socket', inode, device: 0, socket: state, closeOnExec });
  }
  const asked = closeOnExec ? type | SOCK_CLOEXEC : type;
  stage.emit(process, 'SOCKET_SOCKET_X', [fd, family, asked, protocol, closeOnExec ? OPEN_FLAG.CLOEXEC : 0]);
  return fd;
}

/** What a socket is opened with so that other programs do not get it. */
const SOCK_CLOEXEC = 0x80000;
/** Programs that hand a connection on to what they execute, and those that execute nothing and don't care. */
const HANDS_ON: ReadonlySet<ByteString> = new Set(['nc', 'ncat', 'netcat', 'socat', 'inetd', 'xinetd', 'curl', 'wget']);

/** True for programs whose sockets are closed when they execute another program, as is usual today. */
export function closesOnExec(process: Process): boolean {
  return !process.isShell && !HANDS_ON.has(process.image.comm);
}

/** The socket that fits an address. */
export function socketFor(stage: Stage, process: Process, to: Address, over: Transport, part: string): number {
  if (to.kind === 'unix') return openSocket(stage, process, FAMILY.UNIX, SOCKET_TYPE.STREAM, 0);
  const { ip } = endpointOf(stage, to.host, to.port, part);
  const [type, protocol] = over === 'tcp' ? [SOCKET_TYPE.STREAM, PROTOCOL.TCP] : [SOCKET_TYPE.DGRAM, PROTOCOL.UDP];
  return openSocket(stage, process, familyOf(ip), type, protocol);
}

/** Results of connect after which both ends are known: success, and EINPROGRESS. */
const CONNECTING: readonly number[] = [0, -115];

/** Connects a socket, from an address if that is said. */
export function connectSocket(
  stage: Stage,
  process: Process,
  fd: number,
  to: Address,
  result: number,
  from?: ByteString,
): void {
  const socket = socketOf(process, fd);
  const connects = CONNECTING.includes(result);
  if (to.kind === 'unix') {
    const inode = process.files.get(fd)?.inode ?? 0;
    const peer = stage.nextInode();
    if (connects) socket.path = to.path;
    const both = connects ? unixTuple(inode, peer, to.path) : undefined;
    return stage.emit(process, 'SOCKET_CONNECT_X', [result, both, fd, unixSockaddr(to.path)]);
  }
  const remote = endpointOf(stage, to.host, to.port, 'object');
  const local =
    socket.local ?? (from === undefined ? localEnd(stage, process, remote) : { ip: from, port: stage.nextPort() });
  if (connects) [socket.local, socket.remote] = [local, remote];
  const both = connects ? tuple(local, remote) : undefined;
  stage.emit(process, 'SOCKET_CONNECT_X', [result, both, fd, sockaddr(remote)]);
}

/** The end of a connection that is here: a free port, at the address from which the other is reached. */
function localEnd(stage: Stage, process: Process, remote: Endpoint): Endpoint {
  const port = stage.nextPort();
  if (remote.ip.length === 16) return { ip: isLoopback(remote.ip) ? remote.ip : LOCAL_V6, port };
  return { ip: isLoopback(remote.ip) ? remote.ip : process.place.address, port };
}

/** The state of an open socket. */
export function socketOf(process: Process, fd: number, part = 'object'): SocketState {
  const socket = process.files.get(fd)?.socket;
  if (socket === undefined) throw new Refusal('SCENARIO_NO_SOCKET', part, `open file ${fd} is no socket`);
  return socket;
}

const LOCAL_V6 = '\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10';

/** True for an address by which a machine speaks to itself. */
export function isLoopback(ip: ByteString): boolean {
  return ip.length === 4 ? ip.charCodeAt(0) === 127 : ip === `${'\0'.repeat(15)}\x01`;
}
