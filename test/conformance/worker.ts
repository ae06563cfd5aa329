import { parentPort } from 'node:worker_threads';
import { FOLDER } from './folder.ts';
import { SETS } from './sets.ts';
import { Tally, type Outcome } from './tally.ts';

/** A unit of a set, as it is sent to a thread. */
export interface Job {
  readonly set: string;
  readonly unit: string;
}

/** What a thread sends back. */
export interface Done extends Job {
  readonly outcome: Outcome;
}

parentPort?.on('message', (job: Job) => {
  void work(job).then((done) => parentPort?.postMessage(done));
});

/** A unit that can't be compared at all, because something threw, is one difference. */
async function work({ set: name, unit }: Job): Promise<Done> {
  const tally = new Tally(unit);
  try {
    const set = SETS.find((one) => one.name === name);
    if (set === undefined) throw new Error(`no set ${name}`);
    await set.compare(FOLDER, unit, tally);
  } catch (error) {
    tally.compare('whole unit', 'an answer', error instanceof Error ? String(error.stack) : String(error));
  }
  return { set: name, unit, outcome: tally.outcome };
}
