import { byteString, type ByteString } from '../model/byte-string.ts';

const NONE: readonly ByteString[] = [];
const NO_BYTES = new Uint8Array(0);

/**
 * Arguments or environment of a process. An exec gives up to some KiB of them that hardly any rule looks at, so they
 * are kept as bytes and read when somebody asks. The list is made once: who remembers it can tell whether it still holds.
 */
export class TextList {
  static readonly EMPTY = new TextList(NO_BYTES, NONE);

  readonly #bytes: Uint8Array;
  #texts: readonly ByteString[] | undefined;

  private constructor(bytes: Uint8Array, texts: readonly ByteString[] | undefined) {
    this.#bytes = bytes;
    this.#texts = texts;
  }

  /** One from texts back to back, each with its NUL, which the last one may lack; the bytes are copied. */
  static ofBytes(bytes: Uint8Array): TextList {
    return bytes.length === 0 ? TextList.EMPTY : new TextList(bytes.slice(), undefined);
  }

  /** One that is there as texts already. */
  static of(texts: readonly ByteString[]): TextList {
    return texts.length === 0 ? TextList.EMPTY : new TextList(NO_BYTES, texts);
  }

  get texts(): readonly ByteString[] {
    return (this.#texts ??= split(this.#bytes));
  }

  /** True when it was made from just these bytes. */
  isOf(bytes: Uint8Array): boolean {
    const own = this.#bytes;
    if (own.length !== bytes.length) return false;
    for (let i = 0; i < own.length; i++) if (own[i] !== bytes[i]) return false;
    return own.length > 0 || this === TextList.EMPTY;
  }
}

function split(bytes: Uint8Array): readonly ByteString[] {
  const end = bytes[bytes.length - 1] === 0 ? bytes.length - 1 : bytes.length;
  return end <= 0 ? NONE : byteString(bytes, 0, end).split('\0');
}
