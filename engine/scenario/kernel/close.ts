import type { Process } from '../stage/process.ts';
import type { Stage } from '../stage/stage.ts';

/** Closes an open file; a negative number, which an open that failed gave, is none. */
export function closeFile(stage: Stage, process: Process, fd: number): void {
  if (fd < 0) return;
  process.files.delete(fd);
  stage.emit(process, 'SYSCALL_CLOSE_X', [0, fd]);
}
