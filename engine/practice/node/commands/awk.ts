import { complain, type NodeCommand } from '../node-command.ts';
import { readOptions } from '../options.ts';
import { compilePattern, type Search } from '../pattern.ts';
import { eachLine } from './file-input.ts';

/** A piece of what is printed: a text, a field, the number of the line. */
type Piece = { readonly text: string } | { readonly field: number | 'last' } | { readonly count: 'lines' | 'fields' };

/** `awk`, as much of it as prints fields of lines. */
export const AWK: NodeCommand = {
  name: 'awk',
  usage: "[-F CHAR] '/PATTERN/ {print $1, $NF}' [FILE]...",
  about: 'prints fields of lines, of all or of those with a pattern',
  *run(io) {
    const options = readOptions(io.args, [], ['F']);
    const [program = '', ...names] = options.words;
    const parts = /^(?:\/((?:[^/\\]|\\.)*)\/)?\s*(?:\{([^}]*)\})?$/.exec(program.trim());
    const printed = parts?.[2] === undefined ? 'print' : parts[2].trim().replace(/;$/, '');
    const isKnown = parts !== null && program.trim() !== '' && /^print\b/.test(printed);
    const pieces = isKnown ? piecesOf(printed.slice('print'.length)) : undefined;
    if (pieces === undefined) return complain(io, `only this much of it is here: awk ${AWK.usage}`, 2);
    const search: Search | undefined = parts?.[1] === undefined ? undefined : compilePattern(parts[1], 'extended');
    if (parts?.[1] !== undefined && search === undefined) return complain(io, `invalid pattern: ${parts[1]}`, 2);
    const separator = options.value('F');
    let number = 0;
    const hasFailed = yield* eachLine(io, names, (line) => {
      number++;
      if (search !== undefined && search(line, 1).length === 0) return;
      const fields = separator === undefined || separator === ' ' ? line.trim().split(/\s+/) : line.split(separator);
      io.output.write(`${pieces.map((piece) => textOf(piece, line, fields, number)).join('')}\n`);
    });
    return hasFailed ? 2 : 0;
  },
};

/** `$1, "-" $NF` as pieces; undefined for what is more than that. */
function piecesOf(written: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  const token = /\s*(?:"((?:[^"\\]|\\.)*)"|\$(\d{1,3}|NF)|(NR|NF)|(,))/y;
  token.lastIndex = 0;
  while (written.slice(token.lastIndex).trim() !== '') {
    const match = token.exec(written);
    if (match === null) return undefined;
    const [, text, field, count, comma] = match;
    if (comma !== undefined) pieces.push({ text: ' ' });
    else if (text !== undefined)
      pieces.push({ text: text.replaceAll(String.raw`\t`, '\t').replaceAll(String.raw`\"`, '"') });
    else if (field !== undefined) pieces.push({ field: field === 'NF' ? 'last' : Number(field) });
    else pieces.push({ count: count === 'NR' ? 'lines' : 'fields' });
  }
  return pieces.length === 0 ? [{ field: 0 }] : pieces;
}

function textOf(piece: Piece, line: string, fields: readonly string[], number: number): string {
  if ('text' in piece) return piece.text;
  if ('count' in piece) return String(piece.count === 'lines' ? number : fields.length);
  if (piece.field === 0) return line;
  return (piece.field === 'last' ? fields.at(-1) : fields[piece.field - 1]) ?? '';
}
