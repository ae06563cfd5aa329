import { UsageError, type Given } from './command.ts';

/** What `--threads` says; undefined where it is not given. */
export function threadsFrom(given: Given): number | undefined {
  const word = given.flag('threads');
  if (word === undefined) return undefined;
  const threads = Number(word);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 64) return threads;
  throw new UsageError(`--threads is a number from 1 to 64, not '${word}'`);
}
