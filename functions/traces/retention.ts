import type { Suite } from '../runs/suite.ts';
import { audit } from '../store/audit-log.ts';
import { Catalogue, type CatalogueEntry } from '../store/catalogue.ts';
import { folders } from '../store/folders.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { policyOf, type TracePolicy } from '../store/policy.ts';
import { TraceStore } from '../store/trace-store.ts';
import { VersionChain } from '../store/version-chain.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What a tenant's policy did. */
export interface Retained {
  /** Ids of traces that are gone. */
  readonly expired: readonly string[];
  /** Ids of traces whose time is over and that a suite names. */
  readonly named: readonly string[];
}

/**
 * Deletes the traces of a tenant that its policy does not want any more. A trace that the current version of a suite
 * names stays, whatever its age: a suite that silently lost a trace would fail, or worse, test less. It stays until the
 * suite names it no more, or somebody deletes it by hand. Each deletion is in the audit log.
 *
 * @param now milliseconds since the epoch
 */
export async function retain(objects: ObjectStore, tenant: string, now: number): Promise<Retained> {
  const policy = (await policyOf(objects, tenant).current())?.value;
  if (policy?.maxAgeDays === undefined && policy?.maxBytes === undefined) return { expired: [], named: [] };
  const entries: CatalogueEntry[] = [];
  const catalogue = new Catalogue(objects, tenant);
  for await (const entry of catalogue.entries('oldest', undefined, now)) entries.push(entry);
  const named = await namedBySuites(objects, tenant);
  const { expired, spared } = tooMany(entries, named, policy, now);
  for (const { id } of expired) {
    await new TraceStore(objects, tenant).delete(id);
    const time = new Date(now).toISOString();
    await audit(objects, tenant, {
      time,
      request: `retention-${id}`,
      token: undefined,
      action: 'trace.expire',
      object: id,
    });
  }
  return { expired: expired.map(({ id }) => id), named: spared.map(({ id }) => id) };
}

/** Entries, the oldest first, that are too old or too much, and those that are spared. A recording that goes on is neither. */
function tooMany(
  entries: readonly CatalogueEntry[],
  named: ReadonlySet<string>,
  policy: TracePolicy,
  now: number,
): { readonly expired: readonly CatalogueEntry[]; readonly spared: readonly CatalogueEntry[] } {
  const { maxAgeDays = Infinity, maxBytes = Infinity } = policy;
  const oldest = now - maxAgeDays * DAY_MS;
  const expired: CatalogueEntry[] = [];
  const spared: CatalogueEntry[] = [];
  let bytes = entries.reduce((sum, { size }) => sum + size, 0);
  for (const entry of entries) {
    const isOver = Date.parse(entry.createdAt) < oldest || bytes > maxBytes;
    if (!isOver || entry.state === 'open') continue;
    if (named.has(entry.id)) spared.push(entry);
    else {
      expired.push(entry);
      bytes -= entry.size;
    }
  }
  return { expired, spared };
}

/** Ids of traces that the current versions of a tenant's suites name. */
async function namedBySuites(objects: ObjectStore, tenant: string): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for await (const name of folders(objects, KEYS.suites(tenant))) {
    const suite = await new VersionChain<Suite>(objects, KEYS.suite(tenant, name)).current();
    for (const id of Object.values(suite?.value.traces ?? {})) named.add(id);
  }
  return named;
}
