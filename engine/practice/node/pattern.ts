import { compileSearch, type Match } from '../../compare/regex.ts';

/** Finds a pattern in a line: its first matches, so many at most. */
export type Search = (line: string, most: number) => readonly Match[];

/** How a pattern is written: `grep`, `grep -E`, `grep -F`. */
export type PatternKind = 'basic' | 'extended' | 'fixed';

const MAX_CHARS = 2_000;
/** Copies that all counted repetitions of a pattern may multiply to. */
const MAX_COPIES = 1_000;
/** What is plain in a basic pattern unless a backslash stands before it, and the other way round. */
const TURNED = '+?|(){}';

/** Compiles a pattern to a search that takes time by the length of the line; undefined for one that is none. */
export function compilePattern(written: string, kind: PatternKind, ignoresCase = false): Search | undefined {
  if (written.length > MAX_CHARS) return undefined;
  if (kind === 'fixed') return compileSearch(written.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), ignoresCase);
  const source = kind === 'basic' ? extendedOf(written) : written;
  let copies = 1;
  for (const [, low = '0', high = '0'] of source.matchAll(/\{(\d*),?(\d*)\}/g)) {
    copies *= Math.max(1, Number(low), Number(high));
  }
  return copies > MAX_COPIES ? undefined : compileSearch(source, ignoresCase);
}

/** A basic pattern of POSIX as GNU's tools read it, written as an extended one. */
function extendedOf(written: string): string {
  let source = '';
  for (let at = 0; at < written.length; at++) {
    const letter = written[at] as string;
    const next = written[at + 1] ?? '';
    if (letter === '\\' && TURNED.includes(next) && next !== '') {
      source += next;
      at++;
    } else if (letter === '\\') {
      source += `\\${next}`;
      at++;
    } else if (letter === '[') {
      const close = written.indexOf(']', at + (written[at + 1] === '^' ? 3 : 2));
      source += close === -1 ? letter : written.slice(at, close + 1);
      if (close !== -1) at = close;
    } else if (letter === '*' && (source === '' || source.endsWith('(') || source === '^')) source += String.raw`\*`;
    else source += TURNED.includes(letter) ? `\\${letter}` : letter;
  }
  return source;
}
