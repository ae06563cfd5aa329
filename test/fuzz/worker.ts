// Tries inputs on a thread of its own. What it is told and what it answers is in watched-worker.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { getHeapStatistics } from 'node:v8';
import { Pool } from './pool.ts';
import { Random } from './random.ts';
import { SharedInput } from './shared-input.ts';
import { MAX_INPUT, type Input } from './target.ts';
import { targetOf } from './targets.ts';
import { MAX_GROWTH_MIB, type Answer, type Order, type WorkerData } from './watched-worker.ts';

const { target: name, buffer } = workerData as WorkerData;
const target = targetOf(name);
const shared = new SharedInput(buffer);
const watch = { allow: (milliseconds: number) => shared.allow(milliseconds) };

parentPort?.on('message', (order: Order) => {
  void (order.kind === 'try' ? tryOne(order.input) : explore(order)).then(answer);
});
// Samples are read before the time of an input counts.
target.make(new Random('samples'));
answer({ kind: 'ready' });

function answer(value: Answer): void {
  parentPort?.postMessage(value);
}

async function tryOne(input: Input): Promise<Answer> {
  const { error } = await attempt(input);
  return error === undefined ? { kind: 'done' } : { kind: 'failed', input, error };
}

/** Tries inputs of its own until the first that fails, or until their number or the time is used up. */
async function explore({ seed, count, until }: Extract<Order, { kind: 'explore' }>): Promise<Answer> {
  const pool = new Pool();
  for (let i = 0; i < count && Date.now() < until; i++) {
    const random = new Random(seed, name, i);
    const input = nextInput(pool, random);
    const { came, error } = await attempt(input);
    if (error !== undefined) answer({ kind: 'failed', input, error });
    else pool.add(input, came, random);
  }
  return { kind: 'done' };
}

function nextInput(pool: Pool, random: Random): Input {
  const isFresh = pool.size === 0 || random.once(3);
  const base = isFresh ? target.make(random) : pool.pick(random);
  const input = isFresh && random.once(2) ? base : target.change(base, random);
  return input.length > MAX_INPUT ? input.slice(0, MAX_INPUT) : input;
}

async function attempt(input: Input): Promise<{ readonly came: readonly string[]; readonly error?: string }> {
  shared.begin(input);
  const before = memoryMib();
  try {
    const came = [...(await target.run(input, watch))];
    const grown = memoryMib() - before;
    return grown > MAX_GROWTH_MIB ? { came, error: `memory grew by ${Math.round(grown)} MiB` } : { came };
  } catch (error) {
    return { came: [], error: error instanceof Error ? String(error.stack) : `thrown: ${String(error)}` };
  } finally {
    shared.end();
  }
}

/** What was asked of the heap and outside it, garbage included. */
function memoryMib(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return (heap + external) / 1024 / 1024;
}
