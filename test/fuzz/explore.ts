import { minimise } from './minimise.ts';
import { WatchedWorker, type Failure } from './watched-worker.ts';

/** How a target is explored. */
export interface Exploration {
  readonly target: string;
  readonly seed: string;
  /** Inputs at most. */
  readonly count: number;
  /** Milliseconds at most. */
  readonly time: number;
}

/** What came of it. */
export interface Explored {
  readonly tried: number;
  /** The first failure of each kind and place, as small as could be. */
  readonly findings: readonly Finding[];
}

/** A failure, made small. */
export interface Finding extends Failure {
  /** False when the input did not fail again on a new worker: what came before it may matter. */
  readonly again: boolean;
}

/** Milliseconds in which an input is made smaller. A try that hangs, or takes all the memory, takes a worker. */
const MINIMISING_MS = 30_000;
/** Hangs look all alike, so only so many are looked into. */
const MOST_ALIKE = { crash: 1, hang: 4, memory: 2 } as const;

/** Feeds a target with inputs of its own. */
export async function explore({ target, seed, count, time }: Exploration): Promise<Explored> {
  const until = Date.now() + time;
  const failures = new Map<string, Failure[]>();
  let tried = 0;
  for (let round = 0; tried < count && Date.now() < until; round++) {
    const worker = await WatchedWorker.start(target);
    const order = { kind: 'explore', seed: `${seed}/${round}`, count: count - tried, until } as const;
    await worker.carryOut(order, (failure) => note(failure, failures));
    tried += worker.tried;
    if (!worker.gone) await worker.stop();
  }
  const findings: Finding[] = [];
  for (const failure of [...failures.values()].flat()) findings.push(await confirmed(target, failure));
  return { tried, findings };
}

/** What an input did, on a new worker; undefined when it did nothing wrong. */
export async function attempt(target: string, inputs: readonly Failure['input'][]): Promise<(Failure | undefined)[]> {
  const lane = new Lane(target);
  const outcomes: (Failure | undefined)[] = [];
  for (const input of inputs) outcomes.push(await lane.attempt(input));
  await lane.stop();
  return outcomes;
}

function note(failure: Failure, failures: Map<string, Failure[]>): void {
  const alike = failures.get(signature(failure)) ?? [];
  failures.set(signature(failure), alike);
  if (alike.length < MOST_ALIKE[failure.kind]) alike.push(failure);
}

async function confirmed(target: string, failure: Failure): Promise<Finding> {
  const lane = new Lane(target);
  const fails = async (input: Failure['input']) => {
    const found = await lane.attempt(input);
    return found !== undefined && signature(found) === signature(failure);
  };
  const again = await fails(failure.input);
  const until = Date.now() + MINIMISING_MS;
  const input = again ? await minimise(failure.input, fails, () => Date.now() < until) : failure.input;
  await lane.stop();
  return { ...failure, input, again };
}

/** What tells failures apart: the kind, the words without what they are about, and where it was thrown. */
function signature({ kind, error }: Failure): string {
  if (kind !== 'crash') return kind;
  const [words = '', ...frames] = error.split('\n');
  const frame = frames.find((line) => /\/(engine|functions)\//.test(line)) ?? frames[0] ?? '';
  return `${words.replace(/'[^']*'|"[^"]*"|[0-9]+/g, '_').slice(0, 80)} ${frame.replace(/.*\/(engine|functions)\//, '').trim()}`;
}

/** One input after the other, each on the worker before as long as that lives. */
class Lane {
  readonly #target: string;
  #worker: WatchedWorker | undefined;

  constructor(target: string) {
    this.#target = target;
  }

  async attempt(input: Failure['input']): Promise<Failure | undefined> {
    if (this.#worker === undefined || this.#worker.gone) this.#worker = await WatchedWorker.start(this.#target);
    let found: Failure | undefined;
    await this.#worker.carryOut({ kind: 'try', input }, (failure) => (found = failure));
    return found;
  }

  async stop(): Promise<void> {
    if (this.#worker?.gone === false) await this.#worker.stop();
  }
}
