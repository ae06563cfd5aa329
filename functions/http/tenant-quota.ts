import { USAGE_MEMORY_MS } from '../../engine/model/limits.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { DEFAULT_QUOTA, policyOf, type Quota } from '../store/policy.ts';
import { usageOf } from '../store/usage.ts';
import { Refusal } from './problem.ts';

/** Tenants that are remembered at a time. */
const MAX_TENANTS = 10_000;
/** When a full tenant should come again, in seconds: retention makes room once an hour at most. */
const RETRY_AFTER = '3600';

/** What is known of a tenant, and until when that is believed. */
interface Known {
  readonly quota: Quota;
  readonly until: number;
  bytes: number;
  traces: number;
}

/** Holds tenants to what they may keep. Counts in the store once a minute, and by itself in between. */
export class TenantQuota {
  readonly #now: () => number;
  readonly #usual: Quota;
  readonly #known = new Map<string, Known>();

  /**
   * @param now milliseconds since the epoch
   * @param usual for tenants whose policy does not say
   */
  constructor(now: () => number, usual: Quota = DEFAULT_QUOTA) {
    this.#now = now;
    this.#usual = usual;
  }

  /** Refuses what would be more than a tenant may keep; otherwise counts it. */
  async take(
    objects: ObjectStore,
    tenant: string,
    more: { readonly bytes: number; readonly traces: number },
  ): Promise<void> {
    const known = await this.#of(objects, tenant);
    if (known.traces + more.traces > known.quota.traces) {
      throw new Refusal('QUOTA_TRACES', `${known.traces} traces are kept, of ${known.quota.traces} that may be`, {
        hint: 'delete some, or have the policy of the tenant changed',
        headers: { 'retry-after': RETRY_AFTER },
      });
    }
    if (known.bytes + more.bytes > known.quota.bytes) {
      throw new Refusal('QUOTA_BYTES', `${known.bytes} bytes are kept, of ${known.quota.bytes} that may be`, {
        hint: 'delete some traces, or have the policy of the tenant changed',
        headers: { 'retry-after': RETRY_AFTER },
      });
    }
    known.bytes += more.bytes;
    known.traces += more.traces;
  }

  /** Counts bytes whose number was not known before they came. */
  count(tenant: string, bytes: number): void {
    const known = this.#known.get(tenant);
    if (known !== undefined) known.bytes += bytes;
  }

  /** Counts anew at the next question: something was deleted, or the policy changed. */
  forget(tenant: string): void {
    this.#known.delete(tenant);
  }

  async #of(objects: ObjectStore, tenant: string): Promise<Known> {
    const known = this.#known.get(tenant);
    if (known !== undefined && known.until > this.#now()) return known;
    const policy = (await policyOf(objects, tenant).current())?.value;
    const usage = await usageOf(objects, tenant, this.#now());
    const quota = {
      bytes: policy?.quotaBytes ?? this.#usual.bytes,
      traces: policy?.quotaTraces ?? this.#usual.traces,
    };
    const counted: Known = { quota, until: this.#now() + USAGE_MEMORY_MS, ...usage };
    if (this.#known.size >= MAX_TENANTS) this.#known.clear();
    this.#known.set(tenant, counted);
    return counted;
  }
}
