import { File } from '../file.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../moment.ts';
import { addFile } from '../opened-file.ts';
import { IPV4, IPV6 } from '../socket-layout.ts';
import { FAMILY, L4 } from '../socket-tuple.ts';

const SOCK_STREAM = 1;
/** A datagram socket, and UDP: what Falco takes a socket for that it sees for the first time when something is sent. */
export const SOCK_DGRAM = 2;
const SOCK_RAW = 3;
/** Kind of a socket without its flags. */
const TYPE_MASK = 0xff;
const IPPROTO_IP = 0;
const IPPROTO_ICMP = 1;
const IPPROTO_TCP = 6;
/** See `SOCK_DGRAM`. */
export const IPPROTO_UDP = 17;
const IPPROTO_RAW = 255;

/** socket: family, type, protocol, flags. */
export const socket: Handler = (moment) => {
  const { event } = moment;
  const fd = moment.result;
  if (moment.thread === undefined || fd < 0) return;
  addSocket(moment, fd, event.uint32(1), event.uint32(2), event.uint32(3), event.uint32(4));
};

/** Opens a socket that has no ends yet. */
export function addSocket(
  moment: Moment,
  fd: number,
  family: number,
  type: number,
  protocol: number,
  flags: number,
): void {
  const file = new File(fd, 'unknown');
  file.family = family;
  file.openFlags = flags;
  if (family === FAMILY.UNIX) file.kind = 'unix';
  else if (family === FAMILY.NETLINK) file.kind = 'netlink';
  else if (family === FAMILY.INET) {
    file.kind = 'ipv4';
    file.socketBytes()[IPV4.L4] = protocolOf(type, protocol);
  } else if (family === FAMILY.INET6) {
    file.kind = 'ipv6';
    file.socketBytes()[IPV6.L4] = protocolOf(type, protocol);
  }
  addFile(moment, file);
}

function protocolOf(type: number, protocol: number): number {
  const orRaw = (l4: number): number => (type === SOCK_RAW ? L4.RAW : l4);
  if (protocol === IPPROTO_TCP) return orRaw(L4.TCP);
  if (protocol === IPPROTO_UDP) return orRaw(L4.UDP);
  if (protocol === IPPROTO_ICMP) return orRaw(L4.ICMP);
  if (protocol === IPPROTO_RAW) return L4.RAW;
  if (protocol !== IPPROTO_IP) return L4.UNKNOWN;
  if ((type & TYPE_MASK) === SOCK_STREAM) return L4.TCP;
  return (type & TYPE_MASK) === SOCK_DGRAM ? L4.UDP : L4.UNKNOWN;
}
