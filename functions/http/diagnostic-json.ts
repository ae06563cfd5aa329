import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import type { Source } from '../../engine/model/source.ts';

/** A diagnostic as the service answers it. Lines and columns count from 1, as editors show them; offsets from 0. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly hint?: string | undefined;
  readonly source?: string | undefined;
  readonly start?: PlaceJson | undefined;
  readonly end?: PlaceJson | undefined;
  readonly byteOffset?: number | undefined;
}

/** A place in a text: characters (UTF-16 units), not bytes. */
export interface PlaceJson {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** The JSON shape of a diagnostic. */
export function diagnosticJson({ code, severity, message, hint, span, byteOffset }: Diagnostic): DiagnosticJson {
  return {
    code,
    severity,
    message,
    hint,
    source: span?.source.name,
    start: span && place(span.source, span.start),
    end: span && place(span.source, span.end),
    byteOffset,
  };
}

function place(source: Source, at: number): PlaceJson {
  const { line, column, offset } = source.position(at);
  return { line: line + 1, column: column + 1, offset };
}
