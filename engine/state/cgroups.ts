import type { ByteString } from '../model/byte-string.ts';
import type { Event } from '../model/event.ts';

/** Today's names of subsystems that older kernels call otherwise. */
const RENAMED: Readonly<Record<string, string>> = { perf: 'perf_event', mem: 'memory', io: 'blkio' };
/** Lists remembered; few processes at a time are in different groups. A power of two. */
const REMEMBERED = 64;

/** The control groups of a thread, `subsystem=path` each, by today's names; undefined when the list is malformed. */
export function readCgroups(entries: readonly ByteString[]): readonly ByteString[] | undefined {
  const cgroups: ByteString[] = [];
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    if (equals === -1) return undefined;
    const subsystem = entry.slice(0, equals).replace('_cgroup', '');
    cgroups.push((Object.hasOwn(RENAMED, subsystem) ? RENAMED[subsystem] : subsystem) + entry.slice(equals));
  }
  return cgroups;
}

/** A list as an event gave it, and what it means. */
interface Known {
  readonly bytes: Uint8Array;
  readonly cgroups: readonly ByteString[] | undefined;
}

/**
 * Reads control groups out of events. Every process of a container gives the same few hundred bytes, and gets the same
 * list for them.
 */
export class CgroupReader {
  readonly #known: (Known | undefined)[] = Array.from({ length: REMEMBERED });
  #last: Known | undefined = undefined;

  /** What a parameter holds; undefined when it is malformed. */
  read(event: Event, param: number): readonly ByteString[] | undefined {
    const bytes = event.data(param);
    if (this.#last !== undefined && isSame(this.#last.bytes, bytes)) return this.#last.cgroups;
    const slot = hash(bytes) & (REMEMBERED - 1);
    let known = this.#known[slot];
    if (known === undefined || !isSame(known.bytes, bytes)) {
      known = { bytes: bytes.slice(), cgroups: readCgroups(event.strings(param)) };
      this.#known[slot] = known;
    }
    this.#last = known;
    return known.cgroups;
  }
}

function hash(bytes: Uint8Array): number {
  let sum = bytes.length;
  // The end of the paths is what differs.
  for (let i = Math.max(0, bytes.length - 96); i < bytes.length; i++)
    sum = Math.imul(sum ^ (bytes[i] as number), 0x01000193);
  return sum ^ (sum >>> 15);
}

/** Ends first, since paths begin alike. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return false;
  return true;
}
