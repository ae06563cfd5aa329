import type { File } from './file.ts';
import type { Moment } from './moment.ts';
import { IPV4, IPV4_SERVER, portAt } from './socket-layout.ts';

/**
 * Guesses which side of a datagram exchange this end is: the server if the process has the destination's port, unless
 * it has the source's port as well; then who receives first is the server. Falco reads the ports where an IPv4 socket
 * has them, and the socket itself is among those that are looked at.
 */
export function guessRole(moment: Moment, file: File, isIncoming: boolean): void {
  const bytes = file.socketBytes();
  const hasDest = holdsPort(moment, portAt(bytes, IPV4.DEST_PORT), true);
  const hasSource = hasDest && holdsPort(moment, portAt(bytes, IPV4.SOURCE_PORT), false);
  if (hasDest && (!hasSource || isIncoming)) file.isServer = true;
  else file.isClient = true;
}

function holdsPort(moment: Moment, port: number, isDest: boolean): boolean {
  const own = moment.file;
  // The usual case needs no search.
  if (own?.kind === 'ipv4') return true;
  for (const file of moment.thread?.openFiles?.values() ?? []) {
    const { kind, socket } = file;
    if (socket === undefined) continue;
    if (kind === 'ipv4' && portAt(socket, isDest ? IPV4.DEST_PORT : IPV4.SOURCE_PORT) === port) return true;
    if (kind === 'ipv4-server' && isDest && portAt(socket, IPV4_SERVER.PORT) === port) return true;
  }
  return false;
}
