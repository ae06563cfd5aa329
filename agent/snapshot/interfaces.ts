import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import type { ByteString } from '../../engine/model/byte-string.ts';
import { fromUnicode } from '../../engine/model/byte-string.ts';
import type { NetworkInterface } from '../../engine/model/snapshot.ts';

/** The network interfaces of this machine, one entry for each address. */
export function readInterfaces(): NetworkInterface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).map((address) => interfaceOf(fromUnicode(name), address)),
  );
}

function interfaceOf(name: ByteString, info: NetworkInterfaceInfo): NetworkInterface {
  const address = addressBytes(info.address);
  const netmask = addressBytes(info.netmask);
  const broadcast = String.fromCharCode(
    ...[...address].map((byte, i) => (byte.charCodeAt(0) | (~netmask.charCodeAt(i) & 0xff)) & 0xff),
  );
  return { name, address, netmask, broadcast: address.length === 4 ? broadcast : '\0'.repeat(16), linkSpeed: 0 };
}

/** The bytes of an address's text, in network order. */
export function addressBytes(text: string): ByteString {
  if (!text.includes(':')) return String.fromCharCode(...text.split('.').map(Number));
  const [plain = ''] = text.split('%');
  const [head = '', tail] = plain.split('::');
  const left = words(head);
  const right = tail === undefined ? [] : words(tail);
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => 0);
  return [...left, ...zeros, ...right].map((word) => String.fromCharCode(word >> 8, word & 0xff)).join('');
}

function words(text: string): number[] {
  return text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
}
