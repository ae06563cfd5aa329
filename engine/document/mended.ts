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
  readonly #insertions: readonly Insertion[];

  constructor(text: string, insertions: readonly Insertion[] = []) {
    this.text = text;
    this.#insertions = insertions;
  }

  /** The offset in the user's text. */
  original(offset: number): number {
    let shift = 0;
    for (const { at, length } of this.#insertions) {
      if (offset <= at) break;
      shift += Math.min(length, offset - at);
    }
    return offset - shift;
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

  /** Lines of quoted texts and of [ ] and { } need no indentation. */
  #indent(line: number): Mended | undefined {
    const repeated = this.#insertions.some((insertion) => insertion.at === line);
    return repeated ? undefined : this.#insert(line, PADDING);
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
    const moved = this.#insertions.map((old) => (old.at >= at ? { ...old, at: old.at + padding.length } : old));
    const insertions = [...moved, { at, length: padding.length }].toSorted((a, b) => a.at - b.at);
    return new Mended(this.text.slice(0, at) + padding + this.text.slice(at), insertions);
  }
}
