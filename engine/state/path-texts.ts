import type { Text, Texts } from '../model/text.ts';
import { joinPath } from './paths.ts';

const SLASH = 0x2f;
/** Joins remembered; a power of two. Old ones give way. */
const REMEMBERED = 4096;

/** `joinPath` over interned texts. The same names are joined again and again, so answers are remembered by id. */
export class PathTexts {
  readonly #texts: Texts;
  /** Answers for absolute paths, by id. */
  readonly #absolute: (Text | undefined)[] = [];
  /** Answers for relative ones, by a hash of both ids, with the ids they are for. */
  readonly #bases = new Int32Array(REMEMBERED);
  readonly #paths = new Int32Array(REMEMBERED);
  readonly #joined: (Text | undefined)[] = Array.from({ length: REMEMBERED });

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /**
   * The path that `path` means in `base`.
   *
   * @param isFile whether `base` is the name of an open directory, which gets its slash here
   */
  join(base: Text, path: Text, isFile = false): Text {
    if (path.value.charCodeAt(0) === SLASH) return this.#ofAbsolute(path);
    if (base.id === 0 || path.id === 0) return this.#texts.of(joinPath(directory(base, isFile), path.value));
    const key = base.id * 2 + (isFile ? 1 : 0);
    const slot = (Math.imul(key, 0x9e3779b1) ^ Math.imul(path.id, 0x85ebca6b)) >>> 20;
    const known = this.#joined[slot];
    if (known !== undefined && this.#bases[slot] === key && this.#paths[slot] === path.id) return known;
    const joined = this.#texts.of(joinPath(directory(base, isFile), path.value));
    this.#bases[slot] = key;
    this.#paths[slot] = path.id;
    this.#joined[slot] = joined;
    return joined;
  }

  #ofAbsolute(path: Text): Text {
    if (path.id === 0) return this.#texts.of(joinPath('', path.value));
    const known = this.#absolute[path.id];
    if (known !== undefined) return known;
    const joined = joinPath('', path.value);
    const text = joined === path.value ? path : this.#texts.of(joined);
    while (this.#absolute.length < path.id) this.#absolute.push(undefined);
    this.#absolute[path.id] = text;
    return text;
  }
}

function directory(base: Text, isFile: boolean): string {
  return isFile && base.value !== '' && !base.value.endsWith('/') ? `${base.value}/` : base.value;
}
