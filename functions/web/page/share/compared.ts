/** What became of the alerts that a link expects. */
export interface Compared {
  readonly same: boolean;
  readonly gone: readonly string[];
  readonly fresh: readonly string[];
}

/** Compares the alerts that a link expects with those that came, each `<event> <rule>`. */
export function compared(expected: readonly string[], came: readonly string[]): Compared {
  const wanted = new Set(expected);
  const got = new Set(came);
  const gone = expected.filter((one) => !got.has(one));
  const fresh = came.filter((one) => !wanted.has(one));
  return { same: gone.length === 0 && fresh.length === 0, gone, fresh };
}
