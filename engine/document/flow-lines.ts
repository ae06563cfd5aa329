/** A value that begins with a bracket, on a line of block context: after `- ` and `key: `, or alone. */
const OPENS = /^ *(?:- +)*(?:[^\s#'"[\]{}][^#'"]*?: +)?(?=[[{])/;
/** A line after which a block text follows. */
const BLOCK_TEXT = /(?:^|[\s])[|>][+-]?\d?[+-]? *(?:#.*)?$/;

/**
 * Starts of the lines after `from` that begin with a closing bracket of a list or mapping in brackets. Falco lets such a
 * line begin in any column.
 */
export function closingLines(text: string, from: number): number[] {
  const found: number[] = [];
  const scan = new BracketScan();
  let blockTextIndent = -1;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end);
    const indent = line.search(/[^ ]/);
    if (scan.depth > 0) {
      if (start >= from && /^ *[\]}]/.test(line)) found.push(start);
      scan.read(line, 0);
    } else if (blockTextIndent === -1 || (indent !== -1 && indent <= blockTextIndent)) {
      blockTextIndent = BLOCK_TEXT.test(line) ? Math.max(indent, 0) : -1;
      const opens = OPENS.exec(line);
      if (opens !== null && blockTextIndent === -1) scan.read(line, opens[0].length);
    }
    if (end === -1) break;
    start = end + 1;
  }
  return found;
}

/** Counts open brackets, minding quotes and comments. */
class BracketScan {
  depth = 0;
  #quote = '';

  read(line: string, from: number): void {
    for (let at = from; at < line.length; at++) {
      const letter = line[at] as string;
      if (this.#quote !== '') {
        if (letter === '\\' && this.#quote === '"') at++;
        else if (letter === this.#quote) this.#quote = '';
      } else if (letter === '"' || letter === "'") {
        if (at === 0 || /[\s,:[{]/.test(line[at - 1] as string)) this.#quote = letter;
      } else if (letter === '#' && (at === 0 || /\s/.test(line[at - 1] as string))) return;
      else if (letter === '[' || letter === '{') this.depth++;
      else if (letter === ']' || letter === '}') this.depth = Math.max(0, this.depth - 1);
      if (this.depth === 0 && this.#quote === '') return;
    }
  }
}
