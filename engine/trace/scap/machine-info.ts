import type { Machine } from '../../model/snapshot.ts';
import type { Cursor } from './cursor.ts';

/** Bytes of the host name field, NUL padded. */
export const HOSTNAME_BYTES = 128;

/** Reads the body of a machine info block: 180 bytes, of which the last 16 are reserved. */
export function readMachine(cursor: Cursor): Machine {
  const cpus = cursor.uint32();
  const memoryBytes = cursor.unsigned64();
  const maxPid = cursor.unsigned64();
  const hostname = cursor.raw(HOSTNAME_BYTES).split('\0', 1)[0] as string;
  const bootTime = BigInt(cursor.unsigned64());
  const flags = cursor.unsigned64();
  return { cpus, memoryBytes, maxPid, hostname, bootTime, flags };
}
