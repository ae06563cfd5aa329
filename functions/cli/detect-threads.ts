import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BUILT_FOLDER, ROOT } from './built.ts';
import { EXIT, UnreadableError, type Given, type Terminal } from './command.ts';

/** What a thread needs to run its share of the traces; all of it can be sent. */
export interface DetectShare {
  readonly traces: readonly string[];
  /** Values of flags by name; of those without a value, none. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** Number of the next trace that nobody has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** What a thread tells of a trace: what it prints, in order, and how it ended. */
export type DetectWord = { readonly trace: number } & (
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'end'; readonly code: number }
  | { readonly kind: 'unreadable'; readonly message: string }
);

/**
 * Runs traces on several threads, each trace on one. What they print comes in the order of the traces, as from one
 * thread: what comes of a later trace waits, so as many traces as there are threads may wait at a time.
 */
export async function detectOnThreads(
  share: Omit<DetectShare, 'next'>,
  threads: number,
  terminal: Terminal,
): Promise<number> {
  const words = share.traces.map((): DetectWord[] => []);
  let [present, code]: [number, number] = [0, EXIT.YES];
  let printing = Promise.resolve();
  const told = async (): Promise<void> => {
    for (;;) {
      const word = words[present]?.shift();
      if (word === undefined) return;
      if (word.kind === 'write') await terminal.write(word.text);
      else if (word.kind === 'note') terminal.note(word.text);
      else if (word.kind === 'unreadable') throw new UnreadableError(word.message);
      else {
        code = Math.max(code, word.code);
        present++;
      }
    }
  };
  const next = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from({ length: Math.min(threads, share.traces.length) }, () =>
    started({ ...share, next }, (word) => {
      words[word.trace]?.push(word);
      printing = printing.then(told);
      // Whoever waits for the end is told of it.
      printing.catch(() => {});
    }),
  );
  try {
    await Promise.all(workers.map(({ ended }) => ended));
    await printing;
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.terminate()));
  }
  return code;
}

/** The flags of a command line, to be sent to a thread. */
export function flagsOf(given: Given, names: readonly string[]): DetectShare['flags'] {
  return new Map(names.filter((name) => given.has(name)).map((name) => [name, given.flags(name)]));
}

function started(
  share: DetectShare,
  take: (word: DetectWord) => void,
): { readonly worker: Worker; readonly ended: Promise<void> } {
  // From a build as from sources: the thread is started from what this module was started from.
  const isBuilt = import.meta.url.endsWith('.js');
  const path = isBuilt ? join(ROOT, BUILT_FOLDER, 'detect-thread.js') : join(ROOT, 'functions/cli/detect-thread.ts');
  const worker = new Worker(path, { workerData: share });
  worker.on('message', take);
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
  });
  return { worker, ended };
}
