import { tupleParamText } from '../address-param.ts';
import type { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';
import { changeFile } from '../opened-file.ts';
import { IPV4, IPV4_SERVER, IPV6 } from '../socket-layout.ts';
import {
  FAMILY,
  isMappedPair,
  isTuple,
  L4,
  MAPPED,
  setTuple,
  setUnixPointers,
  swapEnds,
  TUPLE4,
  TUPLE6,
  tupleName,
} from '../socket-tuple.ts';
import { guessRole } from '../socket-role.ts';
import { addSocket, IPPROTO_UDP, SOCK_DGRAM } from './socket.ts';

/** Data passed over a file without an address: an internet socket that lets some through is connected. */
export const transfer: Handler = (moment) => {
  if (moment.file !== undefined && moment.result >= 0) noteConnected(moment);
};

/** recv, recvfrom, recvmsg, recvmmsg: the tuple is in the given parameter. */
export function receive(tupleParam: number): Handler {
  return (moment) => passTuple(moment, moment.event.data(tupleParam), true);
}

/** send, sendto, sendmsg: the tuple is parameter 4. */
export const send: Handler = (moment) => {
  if (moment.file === undefined) inferSocket(moment);
  passTuple(moment, moment.event.data(4), false);
};

/** sendmmsg: the tuple is parameter 4. */
export const sendmmsg: Handler = (moment) => passTuple(moment, moment.event.data(4), false);

/** Whoever sends to an internet address over a file that isn't known must have opened a datagram socket unseen. */
function inferSocket(moment: Moment): void {
  const { event, thread } = moment;
  if (thread === undefined || moment.result < 0) return;
  const family = event.data(4)[0];
  if (family !== FAMILY.INET && family !== FAMILY.INET6) return;
  addSocket(moment, event.int64(2), family, SOCK_DGRAM, IPPROTO_UDP, 0);
}

function noteConnected(moment: Moment): void {
  const { file } = moment;
  if (file === undefined || file.connected || (file.kind !== 'ipv4' && file.kind !== 'ipv6')) return;
  const changed = changeFile(moment);
  if (changed !== undefined) changed.connected = true;
}

/** A datagram socket, or one whose ends aren't known, learns them from what passes over it. */
function passTuple(moment: Moment, tuple: Uint8Array, isIncoming: boolean): void {
  if (moment.file === undefined || !moment.event.has(0) || moment.result < 0) return;
  noteConnected(moment);
  const isTcp = moment.file.kind === 'ipv4' && moment.file.l4 === L4.TCP;
  if ((isTcp && moment.file.name.value !== '') || !isTuple(tuple)) return;
  const file = changeFile(moment);
  if (file === undefined || !learnTuple(moment, file, tuple)) return;
  const { texts } = moment.system;
  if (file.kind !== 'ipv4' && file.kind !== 'ipv6') {
    file.name = texts.of(tupleParamText(tuple));
    return;
  }
  if (!file.isClient && !file.isServer) guessRole(moment, file, isIncoming);
  if (isIncoming ? file.isClient : file.isServer) swapEnds(file);
  file.name = texts.of(tupleName(file));
}

/** Notes the tuple; false when it says nothing new. A protocol that isn't known must be UDP: TCP doesn't change its ends. */
function learnTuple(moment: Moment, file: File, tuple: Uint8Array): boolean {
  const family = tuple[0];
  if (family === FAMILY.UNIX) {
    file.kind = 'unix';
    setUnixPointers(file, tuple);
    return true;
  }
  if (family === FAMILY.INET) {
    const bytes = file.socketBytes();
    if (file.kind === 'ipv4-server') bytes[IPV4.L4] = bytes[IPV4_SERVER.L4] as number;
    file.kind = 'ipv4';
    if (!setTuple(file, 'ipv4', tuple, TUPLE4)) return false;
  } else if (family === FAMILY.INET6) {
    const isV4 = isMappedPair(tuple);
    if (isV4) file.kind = 'ipv4';
    if (!setTuple(file, isV4 ? 'ipv4' : 'ipv6', tuple, isV4 ? MAPPED : TUPLE6)) return false;
  }
  const l4At = file.kind === 'ipv4' ? IPV4.L4 : file.kind === 'ipv6' ? IPV6.L4 : -1;
  if (l4At >= 0 && file.socketBytes()[l4At] === L4.UNKNOWN) file.socketBytes()[l4At] = L4.UDP;
  moment.system.local.complete(file);
  return true;
}
