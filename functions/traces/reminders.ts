import type { DispatchIndexing } from './indexer.ts';

/** How long a segment that was handed over is not handed over again, in milliseconds. */
const REMIND_AFTER_MS = 60_000;
/** Segments that are remembered; beyond it all are forgotten, and some may be read twice. */
const MAX_REMEMBERED = 10_000;

/**
 * Hands each segment over once in a while, however often it is asked for: a queue does not tell what waits in it.
 *
 * @param now milliseconds since the epoch
 */
export function remindedRarely(dispatch: DispatchIndexing, now: () => number): DispatchIndexing {
  const handed = new Map<string, number>();
  return async (tasks) => {
    const due = tasks.filter(({ tenant, trace, segment }) => {
      const name = `${tenant}/${trace}/${segment}`;
      if ((handed.get(name) ?? -Infinity) > now() - REMIND_AFTER_MS) return false;
      if (handed.size >= MAX_REMEMBERED) handed.clear();
      handed.set(name, now());
      return true;
    });
    if (due.length > 0) await dispatch(due);
  };
}
