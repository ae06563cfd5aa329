import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { UnreadableError, type Given, type Terminal } from './command.ts';
import { detectRun } from './detect-run.ts';
import type { DetectShare, DetectWord } from './detect-threads.ts';

/** A thread that runs a share of the traces; see `detectOnThreads`. */
const { traces, flags, next } = workerData as DetectShare;
const given: Given = {
  words: [],
  flag: (name) => flags.get(name)?.at(-1),
  flags: (name) => flags.get(name) ?? [],
  has: (name) => flags.has(name),
};
const tell = (word: DetectWord): void => parentPort?.postMessage(word);
const plain = { stdin: Readable.from([]), interactive: false, color: false };
// What is to be said of the rules, whoever began the threads has said.
const run = await detectRun(given, { ...plain, write: async () => {}, note: () => {} });
if (typeof run !== 'number') {
  for (let trace = Atomics.add(next, 0, 1); trace < traces.length; trace = Atomics.add(next, 0, 1)) {
    const terminal: Terminal = {
      ...plain,
      write: async (text) => tell({ trace, kind: 'write', text: String(text) }),
      note: (text) => tell({ trace, kind: 'note', text }),
    };
    try {
      tell({ trace, kind: 'end', code: await run.over(traces[trace] as string, terminal) });
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      tell({ trace, kind: 'unreadable', message: error.message });
    }
  }
}
