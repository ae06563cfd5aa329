import { readHosts, type Hosts } from '../../engine/compare/hosts.ts';
import { hasErrors } from '../../engine/model/diagnostic.ts';
import { UnreadableError, type Flag, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { readSource } from './rule-files.ts';

/** `--hosts`, for commands that run a trace. */
export const HOSTS_FLAG: Flag = {
  name: 'hosts',
  value: 'FILE',
  help: 'names of addresses, as in /etc/hosts; without it an address has no name, for no name server is ever asked',
};

/** The table that `--hosts` names; empty without it. */
export function hostsOf(given: Given, terminal: Terminal): Hosts {
  const path = given.flag('hosts');
  if (path === undefined) return new Map();
  const { hosts, diagnostics } = readHosts(readSource(path));
  reportDiagnostics(diagnostics, terminal);
  if (hasErrors(diagnostics)) throw new UnreadableError(`${path}: not a table of hosts`);
  return hosts;
}
