/** Something that isn't as the real Falco has it. */
export interface Difference {
  /** The unit of the set: a capture, a recording, a group of cases. */
  readonly unit: string;
  /** What was compared: a field, a condition, a rule. */
  readonly what: string;
  /** `evt.num`, where it is about one event. */
  readonly event?: number | undefined;
  readonly expected: string;
  readonly found: string;
}

/** How many cases were equal, and how many were not. */
export interface Count {
  equal: number;
  different: number;
}

/** What comes of comparing; plain data, which can go from thread to thread. */
export interface Outcome extends Count {
  /** Cases that say nothing about Creance, by the reason. They are compared all the same. */
  readonly excluded: Record<string, Count>;
  /** The first that differ, excluded ones not among them. */
  readonly differences: Difference[];
}

/** Differences that are kept of one unit. */
const KEPT = 20;

/** Counts the cases of one unit. */
export class Tally {
  readonly outcome: Outcome = emptyOutcome();
  readonly #unit: string;

  constructor(unit: string) {
    this.#unit = unit;
  }

  /** Counts cases that are known to be equal. */
  equal(count: number): void {
    this.outcome.equal += count;
  }

  /** Counts a case. With a reason for which it says nothing it is counted apart. */
  compare(
    what: string,
    expected: string,
    found: string,
    more: { event?: number; reason?: string | undefined } = {},
  ): void {
    const { reason, event } = more;
    const count = reason === undefined ? this.outcome : (this.outcome.excluded[reason] ??= { equal: 0, different: 0 });
    if (expected === found) {
      count.equal++;
      return;
    }
    count.different++;
    if (reason !== undefined || this.outcome.differences.length >= KEPT) return;
    this.outcome.differences.push({ unit: this.#unit, what, event, expected, found });
  }
}

/** An outcome of nothing. */
export function emptyOutcome(): Outcome {
  return { equal: 0, different: 0, excluded: {}, differences: [] };
}

/** Adds the outcome of one unit to that of its set. */
export function add(total: Outcome, { equal, different, excluded, differences }: Outcome): void {
  total.equal += equal;
  total.different += different;
  total.differences.push(...differences);
  for (const [reason, count] of Object.entries(excluded)) {
    const sum = (total.excluded[reason] ??= { equal: 0, different: 0 });
    sum.equal += count.equal;
    sum.different += count.different;
  }
}
