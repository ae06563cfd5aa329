import { BlockList, isIP } from 'node:net';

/** Addresses that are not of the public internet: RFC 6890 and its successors, for IPv4 and IPv6. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
/** Parts of that which lead elsewhere: Teredo, documentation, ORCHID, 6to4. */
const PRIVATE_V6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  PRIVATE_V6.addSubnet(network, prefix, 'ipv6');
}

/** True for an IP address of the public internet; false for every other one and for what is none. */
export function isPublicAddress(text: string): boolean {
  const family = isIP(text);
  if (family === 4) return !PRIVATE.check(text, 'ipv4');
  return family === 6 && PUBLIC_V6.check(text, 'ipv6') && !PRIVATE_V6.check(text, 'ipv6');
}

/**
 * Why a webhook may not be at this address; undefined when it may, as far as the text tells. What its name stands for
 * is looked at when it is connected to.
 *
 * @param allowsPrivate also `http:` and addresses of one's own network
 */
export function refusedUrl(text: string, allowsPrivate: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return 'is no URL';
  if (url.username !== '' || url.password !== '') return 'has a name or password in it';
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) return 'is not https';
  if (allowsPrivate) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : 'is an address of a private network';
  const isLocal = !host.includes('.') || /\.(localhost|local|internal|home\.arpa|svc|lan)$/i.test(host);
  return isLocal ? 'is a name of a private network' : undefined;
}
