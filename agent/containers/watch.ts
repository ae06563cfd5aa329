import { bytesOf, fromUnicode, type ByteString } from '../../engine/model/byte-string.ts';
import { matchCgroup } from '../../engine/state/container-engines.ts';
import { findBundle, type Bundle } from './bundle.ts';
import { containerJson } from './record.ts';

/** Containers remembered; then all are forgotten, and told again when they are met again. */
const MAX_CONTAINERS = 4096;
/** Lists of control groups of which the container is remembered. */
const MAX_GROUPS = 8192;
/** All digits of a container's id, where a path has them. */
const FULL_ID = /[0-9a-f]{64}/;

/** A container that was met, as a capture tells of it. */
export interface Met {
  readonly id: string;
  /** The JSON with the NUL that ends it. */
  readonly json: Uint8Array;
}

/** Finds out, by control groups, about each container once. */
export class ContainerWatch {
  readonly #find: (id: string) => Bundle | undefined;
  readonly #met = new Map<string, Met>();
  readonly #byGroups = new Map<string, string>();

  /** @param find looks for what the runtime left of a container */
  constructor(find: (id: string) => Bundle | undefined = findBundle) {
    this.#find = find;
  }

  /** All that were met. */
  get all(): readonly Met[] {
    return [...this.#met.values()];
  }

  /** The container of these control groups, if it is met for the first time. */
  meet(cgroups: readonly ByteString[], seconds: number): Met | undefined {
    const key = cgroups.join('\0');
    if (this.#byGroups.has(key)) return undefined;
    if (this.#byGroups.size >= MAX_GROUPS) this.#byGroups.clear();
    const { shown, full } = idOf(cgroups);
    this.#byGroups.set(key, shown);
    if (shown === '' || this.#met.has(shown)) return undefined;
    if (this.#met.size >= MAX_CONTAINERS) this.#met.clear();
    const json = containerJson(full, this.#find(full), seconds);
    const met = { id: shown, json: bytesOf(`${fromUnicode(json)}\0`) };
    this.#met.set(shown, met);
    return met;
  }
}

/** The id as rules see it, and as much of it as the path has; empty on the host. */
function idOf(cgroups: readonly ByteString[]): { shown: string; full: string } {
  for (const entry of cgroups) {
    const path = entry.slice(entry.indexOf('=') + 1);
    const match = matchCgroup(path);
    if (match !== undefined) return { shown: match.id, full: FULL_ID.exec(path)?.[0] ?? match.id };
  }
  return { shown: '', full: '' };
}
