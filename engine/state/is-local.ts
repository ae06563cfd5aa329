import type { ByteString } from '../model/byte-string.ts';
import type { Container } from './containers.ts';
import type { System } from './system.ts';
import type { Thread } from './thread.ts';

/**
 * Whether an address belongs to the machine. In a container whose address is known that one counts as well; where it
 * isn't, the addresses of all containers count, and those of the machine do not. IPv6 is never local in a container.
 */
export function isLocal(system: System, ip: ByteString, thread: Thread): boolean {
  if (thread.containerId === '') return system.local.has(ip);
  if (ip.length !== 4) return false;
  const own = addressOf(system.containers.get(thread.containerId));
  if (own !== '') return ip === parseIpv4(own) || system.local.has(ip);
  for (const container of system.containers.values()) if (ip === parseIpv4(addressOf(container))) return true;
  return false;
}

function addressOf(container: Container | undefined): ByteString {
  const ip = container?.record.ip;
  return typeof ip === 'string' ? ip : '';
}

/** Four bytes; undefined for what isn't a dotted address. */
function parseIpv4(text: ByteString): ByteString | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(text);
  if (match === null) return undefined;
  const bytes = match.slice(1).map(Number);
  return bytes.every((byte) => byte < 256) ? String.fromCharCode(...bytes) : undefined;
}
