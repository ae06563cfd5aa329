import type { MachineFiles, NodePlan } from '../task.ts';
import type { NodeMachine } from './node-machine.ts';
import { NodeSession } from './session.ts';

/** The files of a node after lines were typed on it, one after the other, each to its end. */
export function typed(
  machine: NodeMachine,
  { service }: NodePlan,
  files: MachineFiles,
  lines: readonly string[],
): MachineFiles {
  const session = new NodeSession(machine, files, service);
  for (const line of lines) session.runToEnd(line);
  return session.files();
}
