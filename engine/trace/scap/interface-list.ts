import { MAX_SCAP_PATH_BYTES } from '../../model/limits.ts';
import type { NetworkInterface } from '../../model/snapshot.ts';
import type { Cursor } from './cursor.ts';

/** scap's numbers of interface kinds; the later two come from systems that don't tell a link speed. */
export const INTERFACE_KIND = { IPV4: 1, IPV6: 2, IPV4_NO_SPEED: 3, IPV6_NO_SPEED: 4 } as const;

/**
 * Reads the next entry of an interface list block; undefined for a kind that this version doesn't know.
 *
 * @param version 1, or 2 where each entry tells its length, which doesn't count itself here
 */
export function readInterface(cursor: Cursor, version: number): NetworkInterface | undefined {
  const length = version >= 2 ? cursor.uint32() : 0;
  const start = cursor.at;
  const kind = cursor.uint16();
  const entry =
    kind >= INTERFACE_KIND.IPV4 && kind <= INTERFACE_KIND.IPV6_NO_SPEED ? readKnown(cursor, kind) : undefined;
  if (version >= 2) cursor.skipTo(start + length);
  else if (entry === undefined) cursor.fail(`an interface of the unknown kind ${kind} can't be skipped`);
  return entry;
}

function readKnown(cursor: Cursor, kind: number): NetworkInterface {
  const nameLength = cursor.uint16();
  if (nameLength >= MAX_SCAP_PATH_BYTES) cursor.fail(`an interface has a name of ${nameLength} bytes`);
  const width = kind === INTERFACE_KIND.IPV4 || kind === INTERFACE_KIND.IPV4_NO_SPEED ? 4 : 16;
  const address = cursor.raw(width);
  const netmask = cursor.raw(width);
  const broadcast = cursor.raw(width);
  const linkSpeed = kind <= INTERFACE_KIND.IPV6 ? cursor.unsigned64() : undefined;
  return { name: cursor.raw(nameLength), address, netmask, broadcast, linkSpeed };
}
