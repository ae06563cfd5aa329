import type { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';

/** Gives an open file a second number with dup2; what had that number is closed by it. */
export function duplicate(stage: Stage, process: Process, old: number, fd: number): void {
  const file = process.files.get(old);
  if (file !== undefined) process.files.set(fd, { ...file, closeOnExec: false });
  stage.emit(process, 'SYSCALL_DUP2_X', [fd, old, fd]);
}
