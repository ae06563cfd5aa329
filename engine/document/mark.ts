/** A place in a document as Falco counts: zero-based, in bytes. */
export interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The start of a file. */
export const START: Mark = { offset: 0, line: 0, column: 0 };
