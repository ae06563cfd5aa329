import type { ByteString } from '../../../engine/model/byte-string.ts';
import { contents, target } from './texts.ts';

/** A socket as one of the tables in /proc/PID/net tells it. */
export interface ProcSocket {
  readonly kind: 'ipv4' | 'ipv6' | 'unix' | 'netlink';
  /** scap's number of the protocol. */
  readonly l4: number;
  readonly isListening: boolean;
  /** Addresses in network order. */
  readonly local: { readonly ip: ByteString; readonly port: number };
  readonly peer: { readonly ip: ByteString; readonly port: number };
  /** The name of a unix socket. */
  readonly name: ByteString;
}

const TABLES = [
  ['tcp', 'ipv4', 2],
  ['tcp6', 'ipv6', 2],
  ['udp', 'ipv4', 3],
  ['udp6', 'ipv6', 3],
] as const;
const LISTENING = '0A';
const NOWHERE = { ip: '', port: 0 };
/** Rows of one table that are looked at, at most. */
const MAX_ROWS = 200_000;

/** Sockets by inode, read once for each network namespace. */
export class SocketTables {
  readonly #known = new Map<string, ReadonlyMap<number, ProcSocket>>();

  /** Those of the namespace of a process, by its folder. */
  of(folder: string): ReadonlyMap<number, ProcSocket> {
    const namespace = target(`${folder}/ns/net`);
    let sockets = this.#known.get(namespace);
    if (sockets === undefined) this.#known.set(namespace, (sockets = readSockets(`${folder}/net`)));
    return sockets;
  }
}

function readSockets(net: string): Map<number, ProcSocket> {
  const sockets = new Map<number, ProcSocket>();
  const none = { l4: 0, isListening: false, local: NOWHERE, peer: NOWHERE, name: '' };
  for (const [name, kind, l4] of TABLES) {
    for (const [, local = '', peer = '', state, , , , , , inode] of rows(`${net}/${name}`)) {
      const isListening = l4 === 2 && state === LISTENING;
      sockets.set(Number(inode), { ...none, kind, l4, isListening, local: address(local), peer: address(peer) });
    }
  }
  for (const [, , , , , , inode, ...path] of rows(`${net}/unix`)) {
    sockets.set(Number(inode), { ...none, kind: 'unix', name: path.join(' ').replace(/^@/, '') });
  }
  for (const row of rows(`${net}/netlink`)) sockets.set(Number(row.at(-1)), { ...none, kind: 'netlink' });
  return sockets;
}

function rows(path: string): string[][] {
  const [, ...lines] = contents(path).split('\n', MAX_ROWS);
  return lines.flatMap((line) => (line === '' ? [] : [line.trim().split(/\s+/)]));
}

/** `0100007F:1F90`: words of 32 bits in the order of the machine, the port as it is written. */
function address(text: string): { ip: ByteString; port: number } {
  const [ip = '', port = '0'] = text.split(':');
  const words = ip.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).toReversed(),
  );
  return { ip: String.fromCharCode(...bytes), port: Number.parseInt(port, 16) };
}
