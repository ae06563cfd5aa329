import type { Span } from './source.ts';

/** How bad it is. `error` stops the input from being used; `warning` is Falco's; `lint` is Creance's own advice beside Falco's verdict. */
export type Severity = 'error' | 'warning' | 'lint';

/**
 * Something wrong with what a user gave, told so that he can mend it. Diagnostics are returned, never thrown across a
 * room; a thrown error is a defect of Creance itself.
 */
export interface Diagnostic {
  /** Stable, for machines: Falco's own code where Falco has one (`LOAD_ERR_VALIDATE`), else one of Creance's. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong; for Falco's codes, Falco's own words. */
  readonly message: string;
  /** Where, in a text. */
  readonly span?: Span;
  /** Where, in a trace: byte offset in the decompressed stream. */
  readonly byteOffset?: number;
  /** What to do about it. */
  readonly hint?: string;
  /** Falco's chain of places from the file inward, for its result JSON. */
  readonly locations?: readonly DiagnosticLocation[];
  /** Falco's own snippet, for its result JSON. */
  readonly snippet?: string;
  /** The deprecated field that a LOAD_DEPRECATED_ITEM is about. */
  readonly deprecatedField?: string;
}

/** One step of Falco's chain of places; line, column and offset as Falco counts them. */
export interface DiagnosticLocation {
  readonly itemType: string;
  readonly itemName: string;
  readonly position: { readonly name: string; readonly line: number; readonly column: number; readonly offset: number };
}

/** True when any diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
