import { byteString, type ByteString } from '../model/byte-string.ts';

const NONE: readonly ByteString[] = [];

/**
 * The environment of a process. An exec gives a few KiB of it that hardly any rule looks at, so it is kept as bytes and
 * read when somebody asks.
 */
export class Environment {
  /** Of a process that none is known of. */
  static readonly EMPTY = new Environment(new Uint8Array(0));

  readonly #bytes: Uint8Array;
  #list: readonly ByteString[] | undefined;

  /** @param bytes texts back to back, each with its NUL, which the last one may lack */
  constructor(bytes: Uint8Array, list?: readonly ByteString[]) {
    this.#bytes = bytes;
    this.#list = list;
  }

  /** One that is there as texts already. */
  static of(list: readonly ByteString[]): Environment {
    return list.length === 0 ? Environment.EMPTY : new Environment(new Uint8Array(0), list);
  }

  /** `NAME=value` each. */
  get list(): readonly ByteString[] {
    return (this.#list ??= split(this.#bytes));
  }
}

function split(bytes: Uint8Array): readonly ByteString[] {
  const end = bytes[bytes.length - 1] === 0 ? bytes.length - 1 : bytes.length;
  return end <= 0 ? NONE : byteString(bytes, 0, end).split('\0');
}
