import { closeFile } from '../kernel/close.ts';
import { openSocket } from '../kernel/socket.ts';
import { defaulted } from '../language/kind.ts';
import { choice, integer } from '../language/scalars.ts';
import { FAMILY, SOCKET_TYPE } from '../stage/listening.ts';
import { verb } from '../verb.ts';

const FAMILIES = {
  internet: FAMILY.INET,
  internet6: FAMILY.INET6,
  unix: FAMILY.UNIX,
  netlink: FAMILY.NETLINK,
  packet: FAMILY.PACKET,
};
const SOCKET_KINDS = { stream: SOCKET_TYPE.STREAM, datagram: SOCKET_TYPE.DGRAM, raw: SOCKET_TYPE.RAW };
type FamilyWord = keyof typeof FAMILIES;
type SocketWord = keyof typeof SOCKET_KINDS;

/** A process opens a socket and does nothing with it yet. */
export const CREATES_SOCKET = verb({
  words: 'creates socket',
  about: "Opens a socket of a family: internet, internet6, unix, netlink or packet. Without 'as' it closes it again.",
  example: 'tcpdump creates socket: packet',
  names: 'file',
  canFail: true,
  object: choice(...(Object.keys(FAMILIES) as FamilyWord[])),
  keys: {
    type: defaulted<SocketWord>(
      choice(...(Object.keys(SOCKET_KINDS) as SocketWord[])),
      'stream',
      'stream, datagram or raw. Without it: stream, or raw for a packet socket.',
    ),
    protocol: defaulted<number>(integer(0, 65_535), 0, 'Number of the protocol.'),
  },
  perform({ stage, process, object, keys, as, result }) {
    const type = object === 'packet' && keys.type === 'stream' ? SOCKET_TYPE.RAW : SOCKET_KINDS[keys.type];
    const fd = openSocket(stage, process, FAMILIES[object], type, keys.protocol, result);
    if (as === undefined) closeFile(stage, process, fd);
    return fd;
  },
});
