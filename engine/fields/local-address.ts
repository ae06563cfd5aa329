import type { ByteString } from '../model/byte-string.ts';
import type { System } from '../state/system.ts';
import type { Thread } from '../state/thread.ts';
import { recordText } from './container-record.ts';

/** Bytes of an IPv6 address that name its subnet, as Falco takes it. */
const SUBNET_BYTES = 8;

/**
 * True when an address is this machine's, as a thread sees it. In a container that is the container's own IPv4 address
 * or, while it is not known, any container's; of IPv6 in containers Falco knows nothing.
 */
export function isLocalAddress(address: ByteString, thread: Thread, system: System): boolean {
  if (address.length !== 4) return thread.containerId === '' && isInLocalSubnet(address, system);
  if (thread.containerId !== '') {
    const text = dotted(address);
    const container = system.containers.get(thread.containerId);
    const own = container === undefined ? '' : recordText(container, 'ip');
    if (own === '') return isContainerAddress(text, system);
    if (own === text) return true;
  }
  return system.interfaces.some((card) => card.address === address);
}

function isContainerAddress(address: string, system: System): boolean {
  for (const container of system.containers.values()) if (recordText(container, 'ip') === address) return true;
  return false;
}

function isInLocalSubnet(address: ByteString, system: System): boolean {
  const subnet = address.slice(0, SUBNET_BYTES);
  return system.interfaces.some((card) => card.address.length === address.length && card.address.startsWith(subnet));
}

function dotted(address: ByteString): string {
  return Array.from(address, (byte) => byte.charCodeAt(0)).join('.');
}
