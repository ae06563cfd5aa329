/** Paths are written with `/`, and what a file names is relative to the folder of the file. */

/** The folder of a file; empty when it is in the working directory. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash === 0 ? 1 : slash);
}

/** A path as seen from a folder, without `.` and without the `..` that can be resolved. */
export function pathFrom(folder: string, path: string): string {
  const whole = path.startsWith('/') || folder === '' ? path : `${folder}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !whole.startsWith('/')) parts.push(part);
  }
  const joined = parts.join('/');
  return whole.startsWith('/') ? `/${joined}` : joined || '.';
}

/** The path of a file as written in a folder: the other way round of `pathFrom`. */
export function pathIn(folder: string, path: string): string {
  if (folder === '' || path.startsWith('/') !== folder.startsWith('/')) return path;
  const from = folder.split('/').filter((part) => part !== '');
  const to = path.split('/').filter((part) => part !== '');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

/** True for a path that stands for several files: it has `*`, `?` or `{`. */
export function isPattern(path: string): boolean {
  return /[*?{]/.test(path);
}

/** The folder below which all files of a pattern are: its parts before the first that is none. */
export function folderOfPattern(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(isPattern);
  const whole = parts.slice(0, first === -1 ? parts.length - 1 : first).join('/');
  return whole === '' && pattern.startsWith('/') ? '/' : whole;
}

/**
 * Whether a path fits a pattern: `*` stands for anything within one name, `?` for one character, `**` for folders of any
 * depth, `{a,b}` for one of several words. Takes time by the length of both, whatever they are.
 */
export function fitsPattern(pattern: string, path: string): boolean {
  return alternatives(pattern).some((one) => fitsParts(one.split('/'), path.split('/')));
}

/** Patterns that one with braces stands for; one with too many is taken as written. */
function alternatives(pattern: string): string[] {
  let found = [''];
  for (const piece of pattern.split(/(\{[^{}]*\})/)) {
    const words = /^\{.*\}$/.test(piece) ? piece.slice(1, -1).split(',') : [piece];
    if (found.length * words.length > MAX_ALTERNATIVES) return [pattern];
    found = found.flatMap((start) => words.map((word) => start + word));
  }
  return found;
}

/** Alternatives that the braces of one pattern may multiply to. */
const MAX_ALTERNATIVES = 16;

function fitsParts(pattern: readonly string[], path: readonly string[]): boolean {
  return fitsSequence(
    pattern,
    path,
    (one) => one === '**',
    (one, part) => fitsName(one, part),
  );
}

function fitsName(pattern: string, name: string): boolean {
  if (!isPattern(pattern)) return pattern === name;
  return fitsSequence(
    [...pattern],
    [...name],
    (one) => one === '*',
    (one, letter) => one === '?' || one === letter,
  );
}

/** Greedy match with one step back: the last `many` takes one more each time that what follows it does not fit. */
function fitsSequence(
  pattern: readonly string[],
  items: readonly string[],
  isMany: (one: string) => boolean,
  fits: (one: string, item: string) => boolean,
): boolean {
  let at = 0;
  let many = -1;
  let taken = 0;
  for (let item = 0; item < items.length;) {
    const one = pattern[at];
    if (one !== undefined && isMany(one)) {
      many = at++;
      taken = item;
    } else if (one !== undefined && fits(one, items[item] as string)) {
      at++;
      item++;
    } else if (many !== -1) {
      at = many + 1;
      item = ++taken;
    } else return false;
  }
  while (at < pattern.length && isMany(pattern[at] as string)) at++;
  return at === pattern.length;
}
