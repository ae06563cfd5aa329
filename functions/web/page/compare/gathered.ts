import type { ChangeReport } from '../../../client/service-api.ts';

/** Changed alerts that are alike. */
export type ChangeGroup = ChangeReport['groups'][number];

/** Changed alerts of one rule for one cause, on whatever traces. */
export interface Gathered {
  readonly rule: string;
  /** The rule that tells of it now, where that is another one. */
  readonly ruleAfter: string | undefined;
  readonly cause: string;
  readonly count: number;
  /** The traces, by their labels. */
  readonly traces: readonly GatheredTrace[];
  readonly example: ChangeGroup['examples'][number] | undefined;
}

/** A trace on which alerts changed. */
export interface GatheredTrace {
  readonly name: string;
  readonly label: ChangeGroup['label'];
  readonly count: number;
}

/** Gathers what one edit did to one rule, the most alerts first: a report has as many lines as things happened. */
export function gathered(groups: readonly ChangeGroup[]): readonly Gathered[] {
  const found = new Map<string, ChangeGroup[]>();
  for (const group of groups) {
    const key = JSON.stringify([group.rule, group.ruleAfter, group.cause.text]);
    const same = found.get(key);
    if (same === undefined) found.set(key, [group]);
    else same.push(group);
  }
  return [...found.values()].map(gather).toSorted((a, b) => b.count - a.count);
}

function gather(groups: readonly ChangeGroup[]): Gathered {
  const [{ rule, ruleAfter, cause, examples }] = groups as [ChangeGroup];
  const traces = new Map<string, GatheredTrace>();
  for (const { workload: name, label, count } of groups) {
    traces.set(name, { name, label, count: (traces.get(name)?.count ?? 0) + count });
  }
  return {
    rule,
    ruleAfter: ruleAfter === rule ? undefined : ruleAfter,
    cause: cause.text,
    count: groups.reduce((sum, { count }) => sum + count, 0),
    traces: [...traces.values()],
    example: examples[0],
  };
}
