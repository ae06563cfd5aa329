import type { Scenario } from '../scenario/scenario.ts';

/** What is known of a trace: whether it shows an attack, or work that rules should be silent about. */
export type Label = 'attack' | 'benign' | 'unknown';

/** A trace or a scenario that both rule sets are run over. */
export interface Workload {
  /** As it was given, for people. */
  readonly name: string;
  readonly label: Label;
}

/**
 * What a trace shows, by its name and its story: `benign.yaml`, and what lies in a folder called `workloads` or `benign`,
 * is ordinary work; `scenario.yaml`, what lies in a folder called `attacks`, and a story with a technique is an attack.
 * Of anything else nothing is known.
 */
export function labelOf(path: string, scenario?: Pick<Scenario, 'techniques'>): Label {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  if (/^benign([.-]|$)/.test(file) || parts.some((part) => part === 'workloads' || part === 'benign')) return 'benign';
  if (/^scenario\.ya?ml$/.test(file) || parts.includes('attacks')) return 'attack';
  return scenario !== undefined && scenario.techniques.length > 0 ? 'attack' : 'unknown';
}
