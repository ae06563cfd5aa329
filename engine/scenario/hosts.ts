import type { Hosts } from '../compare/hosts.ts';
import type { Scenario } from './scenario.ts';

/** Names by address, as a run takes them, of the hosts that a scenario tells. An address may have several names. */
export function hostsOfScenario({ machine }: Scenario): Hosts {
  const byAddress = new Map<string, string[]>();
  for (const [name, address] of machine.hosts) {
    const names = byAddress.get(address);
    if (names === undefined) byAddress.set(address, [name]);
    else names.push(name);
  }
  return byAddress;
}
