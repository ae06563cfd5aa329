/** A place in a document as Falco counts: zero-based, in bytes. */
export interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}
