import { readNodeState } from './node/node-state.ts';
import { NODE_PATH, type MachineFiles, type Task } from './task.ts';

/** Whether somebody has changed a file of a task, or typed something on its node; what happens there by itself is no beginning. */
export function isBegun({ files, node }: Task, handedIn: MachineFiles): boolean {
  if ((readNodeState(handedIn)?.typed.length ?? 0) > 0) return true;
  const ofItself = (path: string): boolean =>
    path === NODE_PATH || (node !== undefined && path.startsWith('/var/log/'));
  return [...new Set([...files.keys(), ...handedIn.keys()])].some(
    (path) => !ofItself(path) && files.get(path) !== handedIn.get(path),
  );
}
