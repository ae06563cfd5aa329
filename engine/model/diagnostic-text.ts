import type { Diagnostic } from './diagnostic.ts';
import type { Span } from './source.ts';

/** Columns of a source line that are shown around the place. */
const MAX_SHOWN = 100;

/**
 * A diagnostic for people, several lines without a final line ending:
 *
 *     error: Undefined macro 'spawned_proces' used in filter. [LOAD_ERR_VALIDATE]
 *       --> rules.yaml:3:14
 *        |
 *      3 |   condition: spawned_proces and container
 *        |              ^^^^^^^^^^^^^^
 *        = did you mean spawned_process?
 */
export function diagnosticText(diagnostic: Diagnostic): string {
  const { severity, message, code, span, byteOffset, hint } = diagnostic;
  const lines = [`${severity}: ${message || 'no further words'} [${code}]`];
  let gutter = ' ';
  if (span !== undefined) {
    const { line, column } = span.source.position(span.start);
    const number = String(line + 1);
    gutter = ' '.repeat(number.length);
    lines.push(`${gutter}--> ${span.source.name}:${number}:${column + 1}`, ...excerpt(span, number, gutter));
  }
  if (byteOffset !== undefined) lines.push(`${gutter}--> at byte ${byteOffset} of the decompressed trace`);
  if (hint !== undefined) lines.push(`${gutter} = ${hint}`);
  return lines.join('\n');
}

function excerpt({ source, start, end }: Span, number: string, gutter: string): string[] {
  const lineStart = start - source.position(start).column;
  const newline = source.text.indexOf('\n', lineStart);
  const line = source.text.slice(lineStart, newline === -1 ? undefined : newline).replace(/\r$/, '');
  const column = Math.min(start - lineStart, line.length);
  const from = column > MAX_SHOWN - 20 ? column - 20 : 0;
  const shown = line.slice(from, from + MAX_SHOWN).replace(/\t/g, ' ');
  const length = Math.max(1, Math.min(end - start, shown.length - (column - from)));
  const before = from > 0 ? '...' : '';
  const after = from + MAX_SHOWN < line.length ? '...' : '';
  const pointer = ' '.repeat(before.length + column - from) + '^'.repeat(length);
  return [`${gutter} |`, `${number} | ${before}${shown}${after}`, `${gutter} | ${pointer}`];
}
