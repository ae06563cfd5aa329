import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ConformanceSet } from './conformance-set.ts';
import { FOLDER } from './folder.ts';
import { add, emptyOutcome, type Outcome } from './tally.ts';
import type { Done, Job } from './worker.ts';

/** What a thread may hold, however large the files are: they are streamed. Two thousand conditions take half of it. */
const MAX_HEAP_MB = 512;

/** What came of a set. */
export interface SetOutcome extends Outcome {
  readonly set: ConformanceSet;
  readonly units: number;
}

/** Compares sets, unit by unit, on as many threads as the machine has cores. Each promise is for the set of its place. */
export function compareSets(sets: readonly ConformanceSet[]): Promise<SetOutcome>[] {
  const jobs = Promise.all(
    sets.map(async (set) => (await set.units(FOLDER)).map((unit): Job => ({ set: set.name, unit }))),
  );
  const open = sets.map((set) => new OpenSet(set));
  void run(jobs, open).catch((error: unknown) => {
    for (const set of open) set.fail(error);
  });
  return open.map(({ outcome }) => outcome);
}

/** A set of which some units are still to be compared. */
class OpenSet {
  readonly set: ConformanceSet;
  readonly outcome: Promise<SetOutcome>;
  readonly #total: Outcome = emptyOutcome();
  readonly #settle: PromiseWithResolvers<SetOutcome> = Promise.withResolvers();
  #units = 0;
  #open = 0;

  constructor(set: ConformanceSet) {
    this.set = set;
    this.outcome = this.#settle.promise;
    // Whoever waits for several sets hears of a failure at the first of them.
    this.outcome.catch(() => {});
  }

  begin(units: number): void {
    this.#units = units;
    this.#open = units;
    if (units === 0) this.fail(new Error(`the data has nothing for ${this.set.name}`));
  }

  done(outcome: Outcome): void {
    add(this.#total, outcome);
    if (--this.#open === 0) this.#settle.resolve({ set: this.set, units: this.#units, ...this.#total });
  }

  fail(error: unknown): void {
    this.#settle.reject(error);
  }
}

async function run(jobs: Promise<Job[][]>, open: readonly OpenSet[]): Promise<void> {
  const bySet = await jobs;
  open.forEach((set, index) => set.begin(bySet[index]?.length ?? 0));
  const waiting = bySet.flat();
  const names = new Map(open.map((set) => [set.set.name, set]));
  const threads = Math.min(availableParallelism(), waiting.length);
  await Promise.all(
    Array.from({ length: threads }, () => drain(waiting, ({ set, outcome }) => names.get(set)?.done(outcome))),
  );
}

/** One thread, which takes the next unit whenever it is done with one. */
function drain(waiting: Job[], onDone: (done: Done) => void): Promise<void> {
  const resourceLimits = { maxOldGenerationSizeMb: MAX_HEAP_MB };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], resourceLimits });
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const job = waiting.shift();
      if (job === undefined) void worker.terminate().then(() => resolve());
      else worker.postMessage(job);
    };
    worker.on('message', (done: Done) => {
      onDone(done);
      next();
    });
    worker.on('error', reject);
    next();
  });
}
