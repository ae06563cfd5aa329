import { fromUnicode, type ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';
import { parseIpv4, parseIpv6 } from './address-constant.ts';

/** Names by address (4 or 16 bytes in network order), as a run takes them; the first one is shown. */
export type Hosts = ReadonlyMap<ByteString, readonly ByteString[]>;

/**
 * Reads a table of names in the format of `/etc/hosts`: an address, then its names; `#` begins a comment. A rule
 * may ask for any name of an address; the first one of the first line is shown. Code: `HOSTS_LINE`.
 */
export function readHosts(source: Source): { readonly hosts: Hosts; readonly diagnostics: readonly Diagnostic[] } {
  const hosts = new Map<ByteString, ByteString[]>();
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const line of source.text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const bytes = address.includes(':') ? parseIpv6(address) : parseIpv4(address);
    if (bytes !== undefined && names.length > 0) {
      const known = hosts.get(bytes);
      if (known === undefined) hosts.set(bytes, names.map(fromUnicode));
      else known.push(...names.map(fromUnicode));
    } else if (address !== '') {
      const span = { source, start, end: start + line.length };
      const message = bytes === undefined ? `'${address}' is no IP address` : `no name behind ${address}`;
      diagnostics.push({ code: 'HOSTS_LINE', severity: 'error', message, span, hint: 'write: 10.0.0.1 name' });
    }
    start += line.length + 1;
  }
  return { hosts, diagnostics };
}
