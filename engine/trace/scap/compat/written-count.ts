import type { Event } from '../../../model/event.ts';
import { upgradeOf } from '../upgrade-steps.ts';
import { lacksParams } from './old-event.ts';
import type { Recipe } from './param-sources.ts';

/**
 * How many parameters of an exit event to write. Where some are absent, an old reader would take the bytes that follow
 * for them; if readers of today add all later ones again as they were, they are left off, as old writers did.
 *
 * @param entry how the entry event is made that stands before it; undefined where none does
 */
export function writtenCount(exit: Event, entry: Recipe | undefined): number {
  if (!lacksParams(exit)) return exit.paramCount;
  for (let count = 0; count < exit.paramCount; count++) {
    if (isRestored(exit, count, entry) && !lacksParams(exit, count)) return count;
  }
  return exit.paramCount;
}

/** True if a reader that finds the first `count` parameters ends up with all of them. */
function isRestored(exit: Event, count: number, entry: Recipe | undefined): boolean {
  let restored = count;
  while (restored < exit.paramCount) {
    const upgrade = upgradeOf(exit.type, restored);
    if (upgrade === undefined || upgrade.action !== 'ADD' || upgrade.steps.length === 0) return false;
    for (const { source, index, elseEmpty } of upgrade.steps) {
      if (exit.has(restored) ? source !== 'entry' || entry?.sources[index] !== restored : !elseEmpty) return false;
      restored++;
    }
  }
  return restored === exit.paramCount;
}
