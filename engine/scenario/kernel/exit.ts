import { TAKES } from '../stage/clock.ts';
import type { Process } from '../stage/process.ts';
import { programOf } from '../stage/programs.ts';
import type { Stage } from '../stage/stage.ts';
import { closeFile } from './close.ts';

/** How a process ends. */
export interface ExitOptions {
  /** What it returns: 0 to 255. */
  readonly status?: number;
  /** The signal that ended it. */
  readonly signal?: number;
}

/** Ends a process with all of its threads. Its children go to the first process of the place they live in. */
export function exit(stage: Stage, process: Process, options: ExitOptions = {}): void {
  const { status = 0, signal = 0 } = options;
  if (signal === 0) closeOutput(stage, process);
  const orphans = [...process.children].filter((child) => child.alive && child.leader === child);
  const reaper = orphans.length === 0 ? undefined : reaperOf(stage, process);
  process.alive = false;
  process.parent?.children.delete(process);
  for (const orphan of orphans) {
    process.children.delete(orphan);
    orphan.parent = reaper;
    reaper?.children.add(orphan);
  }
  // wait()'s form of the status: the returned value in the second byte, the signal in the first.
  const waited = signal === 0 ? (status & 0xff) << 8 : signal;
  const params = [waited, signal === 0 ? status & 0xff : 0, signal, 0, reaper?.tid ?? 0];
  stage.emit(process, 'PROCEXIT_1_E', params, TAKES.FORK);
}

function closeOutput(stage: Stage, process: Process): void {
  const { closesOutput } = programOf(process.image.comm, process.place.container?.os ?? 'debian');
  if (closesOutput) for (const fd of [1, 2]) if (process.files.has(fd)) closeFile(stage, process, fd);
}

/** Orphans go to the nearest ancestor that takes them in, else to the first process of the place. */
function reaperOf(stage: Stage, process: Process): Process | undefined {
  const { init, shim } = process.place;
  for (let above = process.parent; above !== undefined && above.place === process.place; above = above.parent) {
    if (above.subreaper && above.alive) return above;
  }
  if (init !== undefined && init !== process && init.alive) return init;
  return shim ?? stage.host.init;
}
