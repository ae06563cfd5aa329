import type { Diagnostic } from '../model/diagnostic.ts';
import { diagnosticText } from '../model/diagnostic-text.ts';
import type { Span } from '../model/source.ts';

/** A stretch of a file as plain data. Lines and columns count from 1, offsets from 0, all in characters. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

/** The place of a span. */
export function placeOf({ source, start, end }: Span): Place {
  const from = source.position(start);
  const to = source.position(end);
  return {
    file: source.name,
    line: from.line + 1,
    column: from.column + 1,
    endLine: to.line + 1,
    endColumn: to.column + 1,
    start,
    end,
  };
}

/** A diagnostic as plain data: a worker can send it. */
export interface Finding {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly hint?: string;
  readonly place?: Place;
  /** All of it for people, with the line it is about. */
  readonly text: string;
}

/** The plain data of a diagnostic. */
export function findingOf(diagnostic: Diagnostic): Finding {
  const { code, severity, message, hint, span } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(span !== undefined && { place: placeOf(span) }),
    text: diagnosticText(diagnostic),
  };
}
