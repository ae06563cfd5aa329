import type { ObjectStore } from '../store/object-store.ts';
import type { Access } from './access.ts';
import type { Site } from './site.ts';

/** What the app is made of, chosen by whoever runs it: workerd, Node, or a test. */
export interface Settings {
  readonly access: Access;
  readonly site: Site;
  /** Called at most once per request: connections of one request are of no use to another in workerd. */
  readonly openStore: () => ObjectStore;
  /** Now, in milliseconds since the epoch: the one thing an answer may not follow from its request. */
  readonly now: () => number;
}
