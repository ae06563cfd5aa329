import type { ScalarStyle } from './node.ts';

/**
 * Finds where each character of a decoded scalar was written: pairs of an offset in the decoded text and an offset in
 * the source, after each of which both advance together. Decoding only ever folds blanks, drops indentation and resolves
 * escapes, so both can be walked side by side.
 *
 * @param source the whole text
 * @param start where the written value begins, after an opening quote
 * @param decoded its decoded text
 */
export function runsOf(source: string, start: number, decoded: string, style: ScalarStyle): number[] {
  const runs = [0, start];
  let from = start;
  for (let at = 0; at < decoded.length; at++) {
    const code = decoded.charCodeAt(at);
    if (!isBlank(code)) from = skipFolds(source, from, style);
    else if (style === 'literal' || style === 'folded') from = skipIndentation(source, from, start, code);
    note(runs, at, from);
    from += writtenLength(source, from, code, style);
  }
  return runs;
}

function note(runs: number[], at: number, from: number): void {
  const last = runs.length - 2;
  if ((runs[last + 1] as number) + at - (runs[last] as number) === from) return;
  if (runs[last] === at) runs[last + 1] = from;
  else runs.push(at, from);
}

/** Source characters that the decoded character stands for. A folded line ending is found again by the next letter. */
function writtenLength(source: string, from: number, code: number, style: ScalarStyle): number {
  if (style === 'double-quoted' && source[from] === '\\') return escapeLength(source, from);
  if (style === 'single-quoted' && source[from] === "'") return 2;
  return source.charCodeAt(from) === code ? 1 : 0;
}

/** Before a letter: blanks, line endings and escaped line endings that decoding swallowed. */
function skipFolds(source: string, from: number, style: ScalarStyle): number {
  for (;;) {
    if (isBlank(source.charCodeAt(from))) from++;
    else if (style === 'double-quoted' && /^\\\r?\n/.test(source.slice(from, from + 3))) from += 2;
    else return from;
  }
}

/** In a block, a line's indentation is not part of the text; it ends where the first line's own text begins. */
function skipIndentation(source: string, from: number, start: number, code: number): number {
  const atLineStart = from === start || source[from - 1] === '\n';
  if (!atLineStart || code === 0x0a) return from;
  let indentation = from;
  while (source[indentation] === ' ') indentation++;
  return source.charCodeAt(indentation) === code ? indentation : from;
}

function escapeLength(source: string, from: number): number {
  const letter = source[from + 1];
  if (letter === 'x') return 4;
  if (letter === 'u') return 6;
  return letter === 'U' ? 10 : 2;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
