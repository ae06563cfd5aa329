import { availableParallelism } from 'node:os';
import { SettingsError } from './store/s3-settings.ts';

/** More threads than this gain little: all of them wait for one store. */
const MAX_THREADS = 8;
/** Megabytes of heap of a thread: room for the largest story and the largest rule set at a time. */
const MEGABYTES = 1_024;

/** How many threads run shards, and how much heap each has: `CREANCE_THREADS`, `CREANCE_THREAD_MEGABYTES`. */
export function threadsOf(env: Readonly<Record<string, string | undefined>>): {
  readonly threads: number;
  readonly megabytes: number;
} {
  return {
    threads: numberOf(env, 'CREANCE_THREADS', 1, 64) ?? Math.min(availableParallelism(), MAX_THREADS),
    megabytes: numberOf(env, 'CREANCE_THREAD_MEGABYTES', 32, 65_536) ?? MEGABYTES,
  };
}

function numberOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const text = env[name] ?? '';
  if (text === '') return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new SettingsError(`${name} is a number from ${least} to ${most}, not '${text}'`);
}
