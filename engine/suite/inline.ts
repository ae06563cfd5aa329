import { spanOf, type Node } from '../document/node.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { Source, type Span } from '../model/source.ts';

/**
 * A value of a file as a text of its own. What stands before it on its first line is blank there, so offsets differ by
 * `shift` alone.
 */
export function inlineSource(node: Node): { readonly source: Source; readonly shift: number; readonly span: Span } {
  const span = spanOf(node);
  const { column } = span.source.position(span.start);
  const text = ' '.repeat(column) + span.source.text.slice(span.start, span.end);
  return { source: new Source(span.source.name, text), shift: span.start - column, span };
}

/** A span of such a text as one of the file that it is from. */
export function spanInFile({ start, end }: Span, file: Source, shift: number): Span {
  return { source: file, start: start + shift, end: end + shift };
}

/** What is said of such a text, said of the file. */
export function diagnosticInFile(diagnostic: Diagnostic, file: Source, shift: number): Diagnostic {
  if (diagnostic.span === undefined) return diagnostic;
  return { ...diagnostic, span: spanInFile(diagnostic.span, file, shift) };
}
