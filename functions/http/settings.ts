import type { Metrics, Present } from '../metrics/metrics.ts';
import type { Dispatch } from '../runs/runs.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Quota } from '../store/policy.ts';
import type { DispatchIndexing } from '../traces/indexer.ts';
import type { Access } from './access/access.ts';
import type { RateLimit } from './rate-limit.ts';
import type { RequestLine } from './request-log.ts';
import type { Site } from './site.ts';

/** What the app is made of, chosen by whoever runs it: workerd, Node, or a test. */
export interface Settings {
  readonly access: Access;
  readonly site: Site;
  /** Hands shards of runs to whoever runs them. */
  readonly dispatch: Dispatch;
  /** A stored trace that one request is answered for, in bytes; for a larger one a run answers. `MAX_DETECT_TRACE_BYTES` unless set. */
  readonly traceBudget?: number | undefined;
  /** The same in events, where the index of the trace tells how many it has; `MAX_DETECT_EVENTS` unless set. */
  readonly eventBudget?: number | undefined;
  /** True where requests are answered by a run already: however long that takes, and what breaks is thrown. */
  readonly isBackground?: boolean | undefined;
  /** Whether webhooks may be in a private network, and without TLS. */
  readonly allowsPrivateWebhooks?: boolean | undefined;
  /** Hands segments of traces to whoever reads them for the index; without it traces stay pending. */
  readonly indexing?: DispatchIndexing | undefined;
  /** What a tenant may keep where its policy does not say. */
  readonly quota?: Quota | undefined;
  /** Origins whose pages may use the API; without it none but the service's own. */
  readonly origins?: readonly string[] | undefined;
  /** How often a token may ask; without it as often as it likes. */
  readonly rateLimit?: RateLimit | undefined;
  /** Where each request is told of; without it nowhere. */
  readonly log?: ((line: RequestLine) => void) | undefined;
  /** What is counted; of its own unless given. */
  readonly metrics?: Metrics | undefined;
  /** What waits in this process to be done in the background, where it knows. */
  readonly waiting?: (() => Omit<Present, 'runs'>) | undefined;
  /** Called at most once per request: connections of one request are of no use to another in workerd. */
  readonly openStore: () => ObjectStore;
  /** Now, in milliseconds since the epoch: the one thing an answer may not follow from its request. */
  readonly now: () => number;
}
