import { toUnicode, type ByteString } from '../../model/byte-string.ts';
import { parseIp, type Address } from '../language/address.ts';
import type { Endpoint, OpenFile } from './open-file.ts';
import type { Process } from './process.ts';
import { Refusal } from './refusal.ts';
import type { Stage } from './stage.ts';

/** Socket families as events carry them. */
export const FAMILY = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16, PACKET: 17 } as const;
/** Types of sockets. */
export const SOCKET_TYPE = { STREAM: 1, DGRAM: 2, RAW: 3 } as const;
/** Numbers of protocols. */
export const PROTOCOL = { TCP: 6, UDP: 17 } as const;

/** The end that an address names; names are looked up among the machine's hosts. */
export function endpointOf(stage: Stage, host: ByteString, port: number, part: string): Endpoint {
  const ip =
    parseIp(host) ?? stage.machine.hosts.get(host) ?? (host === 'localhost' ? parseIp('127.0.0.1') : undefined);
  if (ip !== undefined) return { ip, port };
  const hint = `say its address: 'machine: { hosts: { ${toUnicode(host)}: 203.0.113.5 } }'`;
  throw new Refusal(
    'SCENARIO_UNKNOWN_HOST',
    part,
    `'${toUnicode(host)}' is no address, and no host of that name is known`,
    hint,
  );
}

/** A socket that a process listened on before the story began. */
export function listeningSocket(stage: Stage, process: Process, address: Address): void {
  const fd = process.lowestFd();
  const file: OpenFile = {
    path: address.kind === 'unix' ? address.path : '',
    kind: 'socket',
    inode: stage.nextInode(),
    device: 0,
    socket: {
      family: address.kind === 'unix' ? FAMILY.UNIX : address.host.includes(':') ? FAMILY.INET6 : FAMILY.INET,
      type: SOCKET_TYPE.STREAM,
      protocol: address.kind === 'unix' ? 0 : PROTOCOL.TCP,
      local: address.kind === 'unix' ? undefined : endpointOf(stage, address.host, address.port, 'listens'),
      remote: undefined,
      listening: true,
      path: address.kind === 'unix' ? address.path : '',
    },
    closeOnExec: true,
  };
  process.files.set(fd, file);
}
