import { Worker } from 'node:worker_threads';
import { MAX_SHARD_MS, MAX_SHARD_TRIES } from '../../engine/model/limits.ts';
import type { Observation, Observe } from '../metrics/observation.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { S3Settings } from '../store/s3-settings.ts';
import type { Dispatch, ShardTask } from './runs.ts';
import { ShardRunner, type RunMeans } from './shard-runner.ts';
import { TaskQueue } from './task-queue.ts';

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly settings: S3Settings;
  /** Where the pages and scenarios lie that requests may name. */
  readonly site: string;
  /** Whether webhooks may be in a private network. */
  readonly allowsPrivate: boolean;
}

/** What a thread says when it is done with a shard. */
export type ThreadAnswer =
  | { readonly kind: 'done' }
  /** The store did not answer: not the shard's fault. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a thread says while it works on a shard: something to be counted. */
export interface ThreadObservation {
  readonly kind: 'seen';
  readonly seen: Observation;
}

/** How threads are run. */
export interface PoolOptions extends ThreadData {
  /** At most so many. */
  readonly threads: number;
  /** Heap of each thread, in megabytes; one that needs more ends, and with it the shard that it runs. */
  readonly megabytes: number;
}

/** A thread without work for so long ends, in milliseconds. */
const IDLE_MS = 60_000;

/** How long a shard that runs may still take when the service stops; what it did is done again later. */
const GRACE_MS = 2_000;

/**
 * Runs shards on threads, so that requests are answered meanwhile and a shard that breaks its thread breaks nothing
 * else: it is tried again on a new one, a few times, then given up with the reason.
 */
export class ThreadRunner {
  readonly #pool: ThreadPool;
  readonly #queue: TaskQueue;

  /** @param means by which a shard is given up */
  constructor(objects: ObjectStore, options: PoolOptions, means: RunMeans) {
    const pool = new ThreadPool(options, means.observe);
    this.#pool = pool;
    this.#queue = new TaskQueue(objects, perform, options.threads);
    async function perform(task: ShardTask): Promise<void> {
      for (let tries = 1; ; tries++) {
        const answer = await pool.run(task);
        if (answer.kind === 'done') return;
        if (answer.kind === 'unavailable') throw new Error(answer.reason);
        means.observe?.({ what: 'shard failed', result: 'failed' });
        console.error(`shard ${task.shard} of the run ${task.run}, try ${tries}: ${answer.reason}`);
        if (tries < MAX_SHARD_TRIES) continue;
        return new ShardRunner(objects, task.tenant, means).giveUp(task, tries, answer.reason);
      }
    }
  }

  /** Takes shards; answers at once. */
  readonly dispatch: Dispatch = (tasks) => this.#queue.dispatch(tasks);

  /** How many shards wait or run. */
  get waiting(): number {
    return this.#queue.waiting;
  }

  /** Takes up the runs that were going on when the last process ended. */
  resume(): Promise<void> {
    return this.#queue.resume();
  }

  /** Begins nothing more, and ends the threads, after a moment also those that work. */
  async stop(): Promise<void> {
    const stopped = this.#queue.stop();
    const timer = setTimeout(() => void this.#pool.end(), GRACE_MS);
    await stopped;
    clearTimeout(timer);
    await this.#pool.end();
  }
}

/** Threads that run one shard at a time each; started when needed. */
class ThreadPool {
  readonly #options: PoolOptions;
  readonly #observe: Observe | undefined;
  readonly #idle: Thread[] = [];
  readonly #all = new Set<Thread>();
  #ended = false;

  constructor(options: PoolOptions, observe: Observe | undefined) {
    this.#options = options;
    this.#observe = observe;
  }

  /** Runs a shard on a thread that is idle, or a new one. Never throws: what ends the thread is an answer too. */
  async run(task: ShardTask): Promise<ThreadAnswer> {
    let thread = this.#idle.pop();
    // One that ended while nobody needed it is no failure of the next shard.
    while (thread?.hasEnded === true) thread = this.#idle.pop();
    thread ??= this.#start();
    thread.wake();
    const answer = await thread.run(task);
    if (thread.hasEnded) this.#drop(thread);
    else this.#rest(thread);
    return this.#ended && answer.kind === 'failed' ? { kind: 'unavailable', reason: 'the service stops' } : answer;
  }

  /** Ends all threads, also those that work. */
  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([...this.#all].map((thread) => thread.end()));
  }

  #start(): Thread {
    const thread = new Thread(this.#options, this.#observe);
    this.#all.add(thread);
    return thread;
  }

  #rest(thread: Thread): void {
    this.#idle.push(thread);
    thread.sleep(() => this.#drop(thread));
  }

  #drop(thread: Thread): void {
    const at = this.#idle.indexOf(thread);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#all.delete(thread);
    void thread.end();
  }
}

/** A thread, and the shard that it runs at the moment. */
class Thread {
  readonly #worker: Worker;
  #answered: ((answer: ThreadAnswer) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  hasEnded = false;

  constructor({ settings, site, allowsPrivate, megabytes }: PoolOptions, observe: Observe | undefined) {
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: { settings, site, allowsPrivate } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    });
    this.#worker.on('message', (said: ThreadAnswer | ThreadObservation) => {
      if (said.kind === 'seen') observe?.(said.seen);
      else this.#answered?.(said);
    });
    this.#worker.on('error', (error) => this.#broke(reasonOf(error, megabytes)));
    this.#worker.on('exit', (code) => this.#broke(`the thread ended with ${code}`));
  }

  async run(task: ShardTask): Promise<ThreadAnswer> {
    const answer = new Promise<ThreadAnswer>((resolve) => (this.#answered = resolve));
    const timer = setTimeout(() => this.#broke(`took longer than ${MAX_SHARD_MS / 60_000} minutes`), MAX_SHARD_MS);
    if (this.hasEnded) this.#broke('the thread had ended');
    else this.#worker.postMessage(task);
    return answer.finally(() => clearTimeout(timer));
  }

  /** Calls back once nothing was to be done for a while. */
  sleep(isTired: () => void): void {
    this.#worker.unref();
    this.#timer = setTimeout(isTired, IDLE_MS);
    this.#timer.unref();
  }

  wake(): void {
    this.#worker.ref();
    clearTimeout(this.#timer);
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    clearTimeout(this.#timer);
    await this.#worker.terminate();
  }

  #broke(reason: string): void {
    this.hasEnded = true;
    this.#answered?.({ kind: 'failed', reason });
  }
}

function reasonOf(error: unknown, megabytes: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `out of memory: it needs more than ${megabytes} MB`;
  return message;
}
