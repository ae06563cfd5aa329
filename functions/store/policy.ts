import { DEFAULT_TENANT_BYTES, DEFAULT_TENANT_TRACES } from '../../engine/model/limits.ts';
import { KEYS } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { VersionChain } from './version-chain.ts';

/** How long a tenant's traces are kept, and how much it may keep. What is not set is not bounded by it. */
export interface TracePolicy {
  /** Traces that are older than so many days are deleted. */
  readonly maxAgeDays?: number | undefined;
  /** The oldest traces are deleted until the others have so many bytes together. */
  readonly maxBytes?: number | undefined;
  /** Bytes beyond which no more are taken; `DEFAULT_TENANT_BYTES` unless set. */
  readonly quotaBytes?: number | undefined;
  /** Traces beyond which no more are taken; `DEFAULT_TENANT_TRACES` unless set. */
  readonly quotaTraces?: number | undefined;
}

/** The policies of a tenant, of which the last holds. */
export function policyOf(objects: ObjectStore, tenant: string): VersionChain<TracePolicy> {
  return new VersionChain(objects, KEYS.policy(tenant));
}

/** What a tenant may keep, where its policy says nothing. */
export const DEFAULT_QUOTA: Quota = { bytes: DEFAULT_TENANT_BYTES, traces: DEFAULT_TENANT_TRACES };

/** What a tenant may keep. */
export interface Quota {
  readonly bytes: number;
  readonly traces: number;
}
