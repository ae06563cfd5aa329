import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Traces that are run at a time, all the same. */
const TRACES = 8;

/**
 * How runs of several traces scale over threads: for each number of threads the time on the clock, in seconds, for the
 * same output.
 *
 * @param main the built command line
 */
export function scaling(main: string, trace: string, rules: readonly string[]): readonly (readonly [number, number])[] {
  const traces = Array.from({ length: TRACES }, () => trace);
  const counts = [1, 2, 4, 8].filter((count) => count <= Math.min(TRACES, Math.max(2, availableParallelism())));
  let first: string | undefined;
  return counts.map((threads) => {
    const began = performance.now();
    const words = [main, 'detect', '--json', '-r', ...rules, '-t', ...traces, '--threads', String(threads)];
    const { stdout, status } = spawnSync(process.execPath, words, { maxBuffer: 2 ** 30 });
    const seconds = (performance.now() - began) / 1_000;
    if (status !== 0) throw new Error(`${threads} threads ended with ${status}`);
    if ((first ??= String(stdout)) !== String(stdout)) throw new Error(`${threads} threads print something else`);
    return [threads, seconds] as const;
  });
}
