import { closingLines } from './flow-lines.ts';

/** Spaces put before a line that yaml-cpp doesn't require to be indented; deeper than any real nesting. */
const PADDING = ' '.repeat(256);

interface Insertion {
  /** Offset in the mended text. */
  readonly at: number;
  readonly length: number;
}

/**
 * A text with insertions that make YAML 1.2 of what yaml-cpp reads as well, and the way back to the offsets of the text
 * as the user wrote it. Nothing that is inserted becomes part of a value.
 */
export class Mended {
  readonly text: string;
  /** In order of place. */
  readonly #insertions: readonly Insertion[];
  /** Characters inserted before each insertion. */
  readonly #before: readonly number[];

  constructor(text: string, insertions: readonly Insertion[] = []) {
    this.text = text;
    this.#insertions = insertions;
    let sum = 0;
    this.#before = insertions.map(({ length }) => (sum += length) - length);
  }

  /** The offset in the user's text. */
  original(offset: number): number {
    let low = 0;
    let high = this.#insertions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#insertions[middle] as Insertion).at < offset) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return offset;
    const { at, length } = this.#insertions[low - 1] as Insertion;
    return offset - (this.#before[low - 1] as number) - Math.min(length, offset - at);
  }

  /** The text with one more mend for js-yaml's complaint, or undefined where yaml-cpp complains too. */
  mend(reason: string, at: number): Mended | undefined {
    switch (reason) {
      case 'unexpected end of the stream within a single quoted scalar':
        return this.#closeQuote("'");
      case 'unexpected end of the stream within a double quoted scalar':
        return this.#closeQuote('"');
      case 'deficient indentation':
        return this.#indent(this.text.lastIndexOf('\n', at - 1) + 1);
      case 'bad indentation of a mapping entry':
      case 'bad indentation of a sequence entry':
        return this.#separateComment(at);
      case "expected ':' after a mapping key":
        return this.#endKey(at);
      case 'end of the stream or a document separator is expected':
        return this.#beginDocument(at);
      default:
        return undefined;
    }
  }

  /** A quoted text may end with the file, after a whole line. */
  #closeQuote(quote: string): Mended | undefined {
    return /\n *$/.test(this.text) ? this.#insert(this.text.length, quote) : undefined;
  }

  /** Lines of quoted texts and of [ ] and { } need no indentation. Lines that close brackets are mended all at once: rule files abound in them. */
  #indent(line: number): Mended | undefined {
    if (this.#insertions.some((insertion) => insertion.at === line)) return undefined;
    const lines = closingLines(this.text, line);
    return lines[0] === line ? this.#insertAll(lines, PADDING) : this.#insert(line, PADDING);
  }

  /** A comment may follow a closing quote at once. */
  #separateComment(at: number): Mended | undefined {
    return this.text[at] === '#' && /["']/.test(this.text[at - 1] ?? '') ? this.#insert(at, ' ') : undefined;
  }

  /** A plain word without a colon at the end of a mapping is a key without a value. */
  #endKey(at: number): Mended | undefined {
    const end = this.text.slice(0, at).trimEnd().length;
    return /["'\]}:]/.test(this.text[end - 1] ?? ':') ? undefined : this.#insert(end, ':');
  }

  /** Less indentation than the document began with begins another one. */
  #beginDocument(at: number): Mended | undefined {
    const line = this.text.lastIndexOf('\n', at - 1) + 1;
    const documents = this.text.slice(0, line).split(/^---$/m);
    const root = /^( *)[^\s#]/m.exec(documents.at(-1) ?? '')?.[1] ?? '';
    return line > 0 && at - line < root.length ? this.#insert(line, '---\n') : undefined;
  }

  #insert(at: number, padding: string): Mended {
    return this.#insertAll([at], padding);
  }

  /** Inserts the same at several places, given in order. */
  #insertAll(places: readonly number[], padding: string): Mended {
    let text = '';
    let done = 0;
    const added: Insertion[] = places.map((at, index) => ({ at: at + index * padding.length, length: padding.length }));
    for (const at of places) {
      text += this.text.slice(done, at) + padding;
      done = at;
    }
    let passed = 0;
    const moved = this.#insertions.map((old) => {
      while (passed < places.length && (places[passed] as number) <= old.at) passed++;
      return { ...old, at: old.at + passed * padding.length };
    });
    return new Mended(
      text + this.text.slice(done),
      [...moved, ...added].toSorted((a, b) => a.at - b.at),
    );
  }
}
