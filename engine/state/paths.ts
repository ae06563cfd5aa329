import { byteString, type ByteString } from '../model/byte-string.ts';
import { MAX_PATH_BYTES } from '../model/limits.ts';
import { isPlain, REPLACEMENT, sequenceLength } from './printable.ts';

/** What stands for a path that doesn't fit. */
const TOO_LONG = '/DIR_TOO_LONG/FILENAME_TOO_LONG';

const SLASH = 0x2f;
const DOT = 0x2e;
/** The path being worked out; one at a time. */
const target = new Uint8Array(MAX_PATH_BYTES);

/**
 * The path that `path` means in the directory `base`, as Falco works it out: an absolute path stands alone; `.` and
 * `..` are resolved by name, without looking at symbolic links; repeated and trailing slashes go; what can't be printed
 * becomes U+FFFD. `base` is taken as it is and must end in a slash to be a directory; `..` may climb into it.
 */
export function joinPath(base: ByteString, path: ByteString): ByteString {
  if (base.length + path.length + 1 > MAX_PATH_BYTES) return TOO_LONG;
  const start = path.length === 0 || path.charCodeAt(0) === SLASH ? '' : base;
  return isClean(path) ? start + path : resolve(start, path);
}

/** True when resolving would change nothing: printable ASCII, no dot at the front of a component, no slash too many. */
function isClean(path: ByteString): boolean {
  let previous = SLASH;
  const last = path.length - 1;
  for (let i = 0; i <= last; i++) {
    const code = path.charCodeAt(i);
    if (!isPlain(code)) return false;
    if (previous === SLASH && (code === DOT || (code === SLASH && i > 0))) return false;
    previous = code;
  }
  return previous !== SLASH || last <= 0;
}

function resolve(base: ByteString, path: ByteString): ByteString {
  let length = put(base, 0, base.length, 0);
  for (let at = 0; at < path.length;) {
    const code = path.charCodeAt(at);
    const step = code === DOT && beginsComponent(length) ? dots(path, at) : 0;
    if (step > 0) {
      if (path.charCodeAt(at + 1) === DOT) length = parent(length);
      at += step;
    } else if (code === SLASH && (length === 0 ? base !== '' : target[length - 1] === SLASH)) {
      at++;
    } else {
      const sequence = sequenceLength(path, at);
      const size = sequence > 0 ? sequence : REPLACEMENT.length;
      // Falco stops here as well, and leaves a trailing slash.
      if (length + size >= MAX_PATH_BYTES) return byteString(target, 0, length);
      length = sequence > 0 ? put(path, at, at + sequence, length) : put(REPLACEMENT, 0, size, length);
      at += Math.abs(sequence);
    }
  }
  return byteString(target, 0, length > 1 && target[length - 1] === SLASH ? length - 1 : length);
}

function put(text: ByteString, start: number, end: number, length: number): number {
  let at = length;
  for (let i = start; i < end; i++) target[at++] = text.charCodeAt(i);
  return at;
}

function beginsComponent(length: number): boolean {
  return length === 0 || target[length - 1] === SLASH;
}

/** How many characters `.` or `..` and the slash behind take at the front of a component; 0 if it is another name. */
function dots(path: ByteString, at: number): number {
  const count = path.charCodeAt(at + 1) === DOT ? 2 : 1;
  if (at + count === path.length) return count;
  return path.charCodeAt(at + count) === SLASH ? count + 1 : 0;
}

/** Without its last component; the slash before that stays. The first character is never taken away alone. */
function parent(length: number): number {
  if (length <= 1) return length;
  let end = length - 1;
  while (end > 0 && target[end - 1] !== SLASH) end--;
  return end;
}
