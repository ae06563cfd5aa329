import type { Process } from '../stage/process.ts';
import type { Program } from '../stage/programs.ts';
import type { Stage } from '../stage/stage.ts';
import { OPEN_FLAG, openFile } from './open.ts';
import { closeFile } from './close.ts';

const LIBRARY_FLAGS = OPEN_FLAG.RDONLY | OPEN_FLAG.CLOEXEC;

/** What every program does first: the loader opens its cache and the libraries, and the program the files it always reads. */
export function loadLibraries(stage: Stage, process: Process, program: Program): void {
  const directory = '/lib/x86_64-linux-gnu';
  const libraries = program.libraries.map((library) => `${directory}/${library}`);
  const paths = libraries.length === 0 ? [] : ['/etc/ld.so.cache', ...libraries];
  for (const path of [...paths, ...program.opens]) {
    closeFile(stage, process, openFile(stage, process, { path, flags: LIBRARY_FLAGS }));
  }
}
