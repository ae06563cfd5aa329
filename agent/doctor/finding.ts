/** Something that recording needs. */
export interface Finding {
  readonly what: string;
  /** `bad`: no recording is possible; `limited`: one is, but not of everything. */
  readonly state: 'good' | 'limited' | 'bad';
  /** What was found. */
  readonly found: string;
  /** What to do about it; empty when it is good. */
  readonly fix: string;
}

/** A finding that needs no fix. */
export function good(what: string, found: string): Finding {
  return { what, state: 'good', found, fix: '' };
}
