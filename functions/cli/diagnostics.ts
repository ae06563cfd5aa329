import { diagnosticText } from '../../engine/model/diagnostic-text.ts';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { MAX_DIAGNOSTICS } from '../../engine/model/limits.ts';
import type { Terminal } from './command.ts';

const COLORS = { error: 31, warning: 33, lint: 36 } as const;

/** Prints diagnostics for people, on stderr: where, what, the line itself, what to do. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  for (const diagnostic of diagnostics.slice(0, MAX_DIAGNOSTICS)) {
    terminal.note(`${paint(diagnosticText(diagnostic), diagnostic, terminal)}\n`);
  }
  const more = diagnostics.length - MAX_DIAGNOSTICS;
  if (more > 0) terminal.note(`and ${more} more\n`);
}

/** Colours the word that says how bad it is. */
function paint(text: string, { severity }: Diagnostic, terminal: Terminal): string {
  if (!terminal.color) return text;
  return text.replace(`${severity}:`, `\x1b[1;${COLORS[severity]}m${severity}:\x1b[0m`);
}
