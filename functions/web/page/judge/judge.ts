import type { Question, Reply, RequestName, Requests } from './protocol.ts';

/** Whoever waits for an answer. */
interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress?: ((progress: number) => void) | undefined;
}

/** The engine in its worker. A newer request of the same name takes the place of an older one, which gives undefined. */
export class Judge {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor() {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.#take(data));
    this.#worker.addEventListener('error', ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message));
      this.#waiting.clear();
    });
  }

  /** Asks; undefined when a newer request of the same name came in between. Rejects with what was wrong, for people. */
  ask<Name extends RequestName>(
    name: Name,
    give: Requests[Name]['give'],
    onProgress?: (progress: number) => void,
  ): Promise<Requests[Name]['get'] | undefined> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress });
      const question: Question<Name> = { id, name, give };
      this.#worker.postMessage(question);
    });
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if ('progress' in reply) return waiting?.onProgress?.(reply.progress);
    this.#waiting.delete(reply.id);
    if (waiting === undefined) return;
    if ('error' in reply) waiting.reject(new Error(reply.error));
    else waiting.resolve('stale' in reply ? undefined : reply.get);
  }
}
