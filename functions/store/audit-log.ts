import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';

/** Something that was written, by whom. */
export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly time: string;
  /** The id of the request. */
  readonly request: string;
  /** The id of the token; undefined where none is asked for. */
  readonly token: string | undefined;
  /** Such as `trace.create`. */
  readonly action: string;
  /** The id of what was written. */
  readonly object: string;
}

/** Keeps what a tenant wrote: one object an entry, never changed. */
export async function audit(objects: ObjectStore, tenant: string, entry: AuditEntry): Promise<void> {
  const key = KEYS.audit(tenant, entry.time, `${entry.request}-${entry.action}`);
  await objects.create(key, `${JSON.stringify(entry)}\n`, 'application/json');
}
