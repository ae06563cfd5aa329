import { isAscii, type ByteString } from '../model/byte-string.ts';
import type { DocumentText } from './document-text.ts';
import type { Mark } from './mark.ts';
import type { Runs, Scalar, ScalarStyle } from './node.ts';
import { runsOf } from './runs.ts';

/** A scalar that finds out where each part of its text was written when it is asked: few scalars ever are. */
export class WrittenScalar implements Scalar {
  readonly kind = 'scalar';
  readonly document: DocumentText;
  readonly mark: Mark;
  readonly end: number;
  readonly style: ScalarStyle;
  readonly text: ByteString;
  readonly #decoded: string;
  /** Character at which what is written begins, after an opening quote. */
  readonly #start: number;
  #runs: Runs | undefined;

  constructor(
    { document, mark, end }: { document: DocumentText; mark: Mark; end: number },
    style: ScalarStyle,
    text: ByteString,
    decoded: string,
    start: number,
  ) {
    this.document = document;
    this.mark = mark;
    this.end = end;
    this.style = style;
    this.text = text;
    this.#decoded = decoded;
    this.#start = start;
    this.#runs = undefined;
  }

  get runs(): Runs {
    this.#runs ??= byteRuns(
      this.document,
      runsOf(this.document.characters, this.#start, this.#decoded, this.style),
      this.#decoded,
    );
    return this.#runs;
  }
}

/** Runs in bytes on both sides. */
export function byteRuns(document: DocumentText, runs: readonly number[], text: string): Runs {
  if (isAscii(text)) return runs.map((offset, index) => (index % 2 === 0 ? offset : document.byte(offset)));
  let characters = 0;
  let bytes = 0;
  return runs.map((offset, index) => {
    if (index % 2 === 1) return document.byte(offset);
    for (; characters < offset; characters++) bytes += bytesAt(text, characters);
    return bytes;
  });
}

/** Bytes of UTF-8 that a UTF-16 unit stands for: half of a pair for two of four, a half alone for those of U+FFFD. */
function bytesAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  const isHalf = isHigh(unit) ? isLow(text.charCodeAt(at + 1)) : isLow(unit) && isHigh(text.charCodeAt(at - 1));
  return isHalf ? 2 : 3;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
