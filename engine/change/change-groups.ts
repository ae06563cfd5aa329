import { MAX_CHANGE_GROUPS } from '../model/limits.ts';
import type { Cause } from './cause.ts';
import type { ChangeGroup, Example } from './change-report.ts';

/** Examples that are shown of a group. */
const MOST_EXAMPLES = 3;

/** What a group is about, without its count. */
type GroupHead = Omit<ChangeGroup, 'count' | 'examples'>;

interface OpenGroup extends GroupHead {
  count: number;
  readonly examples: Example[];
}

/** Collects changed alerts into groups of those that are alike. */
export class ChangeGroups {
  /** Changes that came when there were too many groups already. */
  ungrouped = 0;
  readonly #groups = new Map<string, OpenGroup>();

  /** Counts a change; `example` is asked for when one more is to be shown. */
  add(head: GroupHead, example: () => Example): void {
    const key = keyOf(head);
    let group = this.#groups.get(key);
    if (group === undefined) {
      if (this.#groups.size >= MAX_CHANGE_GROUPS) {
        this.ungrouped++;
        return;
      }
      group = { ...head, count: 0, examples: [] };
      this.#groups.set(key, group);
    }
    group.count++;
    if (group.examples.length < MOST_EXAMPLES) group.examples.push(example());
  }

  /** All groups: what vanished first, then what appeared, then what changed; in each the largest first. */
  sorted(): ChangeGroup[] {
    const rank = { vanished: 0, appeared: 1, changed: 2 } as const;
    return [...this.#groups.values()].toSorted((a, b) => rank[a.kind] - rank[b.kind] || b.count - a.count);
  }
}

function keyOf({ kind, aspects, rule, ruleAfter, turn, workload, image, cause }: GroupHead): string {
  return [kind, aspects, rule, ruleAfter, turn, workload.name, image, causeKey(cause)].join('\n');
}

/** A text that is equal for equal causes. */
export function causeKey({ how, edits }: Cause): string {
  return `${how} ${edits.map(({ number }) => number).join()}`;
}
