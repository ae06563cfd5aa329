import { Worker } from 'node:worker_threads';
import { SharedInput } from './shared-input.ts';
import type { Input } from './target.ts';

/** CPU time that an input may take, in milliseconds: in any case, and more for each letter or byte beyond a size. */
const MAX_CPU_MS = 1_000;
const SMALL = 256 * 1024;
const PER_LETTER_MS = 0.002;
/** Memory by which one input may let a worker grow. */
export const MAX_GROWTH_MIB = 256;
/** Heap that a worker needs for code and samples. */
const BASE_HEAP_MIB = 96;
const LOOK_EVERY_MS = 100;

/** What a worker begins with. */
export interface WorkerData {
  readonly target: string;
  readonly buffer: SharedArrayBuffer;
}

/** What a worker is told: to make inputs and try them, or to try one. */
export type Order =
  | { readonly kind: 'explore'; readonly seed: string; readonly count: number; readonly until: number }
  | { readonly kind: 'try'; readonly input: Input };

/** What a worker answers. */
export type Answer =
  | { readonly kind: 'ready' | 'done' }
  | { readonly kind: 'failed'; readonly input: Input; readonly error: string };

/** An input that did what no input may do. */
export interface Failure {
  readonly input: Input;
  /** `crash`: something was thrown. `hang`: it took too long. `memory`: it took too much. */
  readonly kind: 'crash' | 'hang' | 'memory';
  /** What was thrown, with its stack, or how long and how much it was. */
  readonly error: string;
}

/** A worker whose time and memory are watched. After a hang or a lack of memory it is gone. */
export class WatchedWorker {
  readonly #shared = new SharedInput();
  readonly #worker: Worker;
  #onAnswer: (answer: Answer) => void = () => {};
  #onEnd: (failure: Failure) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  gone = false;

  private constructor(target: string) {
    const workerData: WorkerData = { target, buffer: this.#shared.buffer };
    const resourceLimits = { maxOldGenerationSizeMb: BASE_HEAP_MIB + MAX_GROWTH_MIB };
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], workerData, resourceLimits });
    this.#worker.on('message', (answer: Answer) => this.#onAnswer(answer));
    this.#worker.on('error', (error: Error & { code?: string }) => {
      const kind = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash';
      this.#end({ kind, input: this.#shared.input, error: String(error.stack) });
    });
  }

  /** Starts a worker; it answers when its samples are read. */
  static start(target: string): Promise<WatchedWorker> {
    const watched = new WatchedWorker(target);
    return new Promise((resolve, reject) => {
      watched.#onAnswer = () => resolve(watched);
      watched.#onEnd = ({ error }) => reject(new Error(error));
    });
  }

  /** Inputs that were tried. */
  get tried(): number {
    return this.#shared.tried;
  }

  /** Carries out an order; calls back for each failure, of which the one that ends the worker is the last. */
  carryOut(order: Order, onFailure: (failure: Failure) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#onAnswer = (answer) => {
        if (answer.kind === 'failed') {
          const kind = answer.error.startsWith('memory') ? 'memory' : 'crash';
          onFailure({ kind, input: answer.input, error: answer.error });
        }
        if (answer.kind === 'failed' && order.kind === 'explore') return;
        clearInterval(this.#timer);
        resolve();
      };
      this.#onEnd = (failure) => {
        onFailure(failure);
        resolve();
      };
      this.#watch();
      this.#worker.postMessage(order);
    });
  }

  async stop(): Promise<void> {
    this.gone = true;
    clearInterval(this.#timer);
    await this.#worker.terminate();
  }

  /** Looks again and again how much CPU time the present input took: other work on the machine must not count. */
  #watch(): void {
    let number = -1;
    let began = 0;
    const look = async (): Promise<void> => {
      const cpu = await this.#cpuMs();
      const { tried, busy, allowed, length } = this.#shared;
      if (cpu === undefined || this.gone) return;
      if (!busy || tried !== number) [number, began] = [tried, cpu];
      else if (cpu - began > MAX_CPU_MS + allowed + Math.max(0, length - SMALL) * PER_LETTER_MS) {
        this.#end({
          kind: 'hang',
          input: this.#shared.input,
          error: `it took more than ${Math.round(cpu - began)} ms`,
        });
      }
    };
    this.#timer = setInterval(() => void look(), LOOK_EVERY_MS);
  }

  async #cpuMs(): Promise<number | undefined> {
    try {
      const { user, system } = await this.#worker.cpuUsage();
      return (user + system) / 1_000;
    } catch {
      // The worker is about to end; its other events say why.
      return undefined;
    }
  }

  #end(failure: Failure): void {
    if (this.gone) return;
    void this.stop().then(() => this.#onEnd(failure));
  }
}
