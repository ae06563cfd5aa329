import type { Place } from './places.ts';

/** What came of a load. */
export interface LoadResult {
  readonly requests: number;
  readonly errors: readonly string[];
  readonly seconds: number;
  /** How long each request took, in milliseconds, in order of length. */
  readonly times: readonly number[];
  /** Megabytes before, after, and at most. */
  readonly memory: { readonly before: number; readonly after: number; readonly peak: number };
}

/** A request, and what its answer must hold. */
export interface Asked {
  readonly path: string;
  readonly body: string;
  readonly holds: string;
}

const LOOK_EVERY_MS = 100;

/**
 * Asks the same so many times, so many at a time.
 *
 * @param warmup requests before the measurement, one after the other
 */
export async function load(
  place: Place,
  asked: Asked,
  { atOnce, requests, warmup }: { readonly atOnce: number; readonly requests: number; readonly warmup: number },
): Promise<LoadResult> {
  for (let i = 0; i < warmup; i++) await ask(place.url, asked);
  const before = place.memory();
  let peak = before;
  const looking = setInterval(() => (peak = Math.max(peak, place.memory())), LOOK_EVERY_MS);
  const errors: string[] = [];
  const times: number[] = [];
  const began = performance.now();
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const at = performance.now();
      const error = await ask(place.url, asked);
      times.push(performance.now() - at);
      if (error !== undefined) errors.push(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(looking);
  const after = place.memory();
  times.sort((a, b) => a - b);
  return { requests, errors, seconds, times, memory: { before, after, peak: Math.max(peak, after) } };
}

async function ask(url: string, { path, body, holds }: Asked): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.status === 200 && text.includes(holds)) return undefined;
    return `${answer.status} ${text.slice(-200)}`;
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
}
