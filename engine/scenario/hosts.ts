import type { Hosts } from '../compare/hosts.ts';
import type { Scenario } from './scenario.ts';

/** Names by address, as a run takes them, of the hosts that a scenario tells. The first name of an address counts. */
export function hostsOfScenario({ machine }: Scenario): Hosts {
  const byAddress = new Map<string, string>();
  for (const [name, address] of machine.hosts) if (!byAddress.has(address)) byAddress.set(address, name);
  return byAddress;
}
