import type { Machine, NetworkInterface } from '../model/snapshot.ts';
import { Texts } from '../model/text.ts';
import type { Accounts } from './accounts.ts';
import type { Containers } from './containers.ts';
import type { ThreadTable } from './thread-table.ts';

/** Everything that is known about the machine while events pass. */
export interface System {
  readonly texts: Texts;
  readonly threads: ThreadTable;
  readonly accounts: Accounts;
  readonly containers: Containers;
  readonly interfaces: readonly NetworkInterface[];
  readonly machine: Machine | undefined;
  /** Time of the first event, nanoseconds since the epoch; `evt.reltime` counts from it. */
  readonly startTime: bigint;
}
