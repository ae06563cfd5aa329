import { integerOf } from './symbols.ts';
import { bind, lacks, type Call } from './call.ts';

const FAMILIES: Readonly<Record<string, string>> = {
  AF_INET: 'internet',
  AF_INET6: 'internet6',
  AF_UNIX: 'unix',
  AF_LOCAL: 'unix',
  AF_NETLINK: 'netlink',
  AF_PACKET: 'packet',
  1: 'unix',
  2: 'internet',
  10: 'internet6',
  16: 'netlink',
  17: 'packet',
};
const TYPES: Readonly<Record<string, string>> = {
  SOCK_STREAM: 'stream',
  SOCK_DGRAM: 'datagram',
  SOCK_RAW: 'raw',
  1: 'stream',
  2: 'datagram',
  3: 'raw',
};
const PROTOCOLS: Readonly<Record<string, number>> = {
  IPPROTO_IP: 0,
  IPPROTO_ICMP: 1,
  IPPROTO_TCP: 6,
  IPPROTO_UDP: 17,
  IPPROTO_ICMPV6: 58,
  IPPROTO_RAW: 255,
};

/** Translates `socket`, `connect` and `sendto`. */
export function translateSocketCall(call: Call): boolean {
  if (call.syscall === 'socket') return socket(call);
  return call.syscall === 'connect' ? connect(call) : send(call);
}

/** In a story a connection opens its socket itself, so a socket that is connected later is written there. */
function socket(call: Call): boolean {
  const { draft, args, name, sockets } = call;
  const family = own(FAMILIES, args.text('domain'));
  const kinds = (args.text('type') ?? '').split('|').map((kind) => kind.trim());
  const type = own(TYPES, kinds[0]);
  const protocol = args.text('protocol') ?? '0';
  if (family === undefined || type === undefined) return lacks(call);
  for (const flag of kinds.slice(1)) draft.lose(call.node, `the flag ${flag} of the socket ${name}`);
  const handle = draft.name(name);
  bind(call, 'ret', { kind: 'file', handle, ...(type === 'datagram' && { path: 'udp' }) });
  if (sockets.connected.has(name)) {
    draft.remark(`The socket ${name} is opened where it connects.`);
    return true;
  }
  draft.step(`${draft.actor} creates socket`, family, [
    ['type', type === 'stream' ? undefined : type],
    ['protocol', String(integerOf(protocol) ?? own(PROTOCOLS, protocol) ?? 0)],
    ['as', handle],
  ]);
  return true;
}

function connect(call: Call): boolean {
  const { draft, args, sockets, node } = call;
  const file = args.file('fd');
  const address = addressOf(args.text('address'));
  const socket = sockets.boundBy(node);
  const isFirst = socket !== undefined && sockets.connected.get(socket) === node;
  if (file === undefined || address === undefined || !isFirst) return lacks(call);
  draft.step(`${draft.actor} connects to`, address, [
    ['over', file.path === 'udp' ? 'udp' : undefined],
    ['as', file.handle],
  ]);
  bind(call, 'fd', { kind: 'file', ...file });
  return true;
}

function send(call: Call): boolean {
  const { draft, args } = call;
  const file = args.file('fd');
  if (file === undefined) return lacks(call);
  const length = args.text('len');
  draft.step(`${draft.actor} sends`, args.text('buf') ?? '', [
    ['over', file.handle],
    ['to', addressOf(args.text('destAddr'))],
    ['bytes', length === undefined ? undefined : String(integerOf(length) ?? 0)],
  ]);
  return true;
}

function addressOf(text: string | undefined): string | undefined {
  return text?.replace(/^unix:\/\//, '');
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string | undefined): Value | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
