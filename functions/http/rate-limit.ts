/** Bounds how often somebody may ask. Cloudflare's binding of this kind has this shape, so it is taken as it is. */
export interface RateLimit {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>;
}

/** Requests that one token may make in one period, where nothing else is set. */
export const REQUESTS_PER_PERIOD = 600;
/** Seconds of a period: Cloudflare knows 10 and 60. */
export const PERIOD_SECONDS = 60;
/** Keys that are counted at a time; beyond it the counts of this period are forgotten. */
const MAX_KEYS = 10_000;

/**
 * The twin of Cloudflare's binding for a service on Node: counts in windows of a fixed length, within one process.
 *
 * @param most requests in a window
 * @param now milliseconds since the epoch
 */
export function memoryRateLimit(most: number, now: () => number): RateLimit {
  const counts = new Map<string, number>();
  let window = -1;
  return {
    async limit({ key }) {
      const present = Math.floor(now() / (PERIOD_SECONDS * 1_000));
      if (present !== window || counts.size >= MAX_KEYS) counts.clear();
      window = present;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= most };
    },
  };
}
