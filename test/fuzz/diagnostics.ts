import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { diagnosticText } from '../../engine/model/diagnostic-text.ts';
import { promise } from './target.ts';

/** What an é becomes when the bytes of its UTF-8 are taken for letters. */
const DOUBLY_ENCODED = 'Ã©';

/** Holds diagnostics to what they promise, shows them as people see them, and answers what kinds there are. */
export function heldDiagnostics(diagnostics: readonly Diagnostic[]): string[] {
  for (const diagnostic of diagnostics) {
    const { code, message, span, byteOffset, hint } = diagnostic;
    promise(/^[A-Z][A-Z0-9_]+$/.test(code), `a diagnostic has the code '${code}'`);
    promise(hint === undefined || hint !== '', `${code} has an empty hint`);
    const source = span?.source.text ?? '';
    promise(
      !`${message} ${hint}`.includes(DOUBLY_ENCODED) || source.includes(DOUBLY_ENCODED),
      `${code} has UTF-8 for text`,
    );
    if (byteOffset !== undefined) promise(byteOffset >= 0, `${code} is at byte ${byteOffset}`);
    if (span !== undefined) {
      const { start, end } = span;
      // A quote that is never closed ends where its closing one would be.
      const isInside = start >= 0 && start <= end && end <= source.length + 1;
      promise(isInside, `${code} spans ${start} to ${end} of a text of ${source.length} letters`);
    }
    diagnosticText(diagnostic);
  }
  return diagnostics.map(kindOf);
}

/** What a diagnostic says, without what it says it of. */
function kindOf({ code, message }: Diagnostic): string {
  return `${code} ${message
    .slice(0, 200)
    .replace(/'[^']*'|"[^"]*"|[0-9]+/g, '_')
    .slice(0, 60)}`;
}
