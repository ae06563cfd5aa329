import type { ByteString } from '../model/byte-string.ts';

/** Options of a program as the second argument of getopt(3) lists them. */
export interface OptionLetters {
  readonly known: ReadonlySet<string>;
  readonly withArgument: ReadonlySet<string>;
}

/** Reads `ab:`: options a and b, b with an argument. A leading colon and further colons say nothing. */
export function readOptionLetters(letters: ByteString): OptionLetters {
  const known = new Set<string>();
  const withArgument = new Set<string>();
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    if (letter === ':') continue;
    known.add(letter);
    if (letters[at + 1] === ':') withArgument.add(letter);
  }
  return { known, withArgument };
}

/** One option of a command line. */
export interface ScannedOption {
  /** Undefined for an option that is not known. */
  readonly letter: string | undefined;
  /** The letter and the argument if it takes one; `?` for an unknown option, the empty text where an argument is missing. */
  readonly texts: readonly ByteString[];
}

/**
 * Options in the order of the words. Words such as `--long` are passed over; `--`, `-` and the first word that is no
 * option end it. An argument is the rest of the word or the next word, whatever that is.
 */
export function scanOptions(words: readonly ByteString[], letters: OptionLetters): readonly ScannedOption[] {
  const found: ScannedOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as ByteString;
    if (word === '--') break;
    if (word.length > 2 && word.startsWith('--')) continue;
    if (word.length < 2 || !word.startsWith('-')) break;
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] as string;
      if (!letters.known.has(letter)) {
        found.push({ letter: undefined, texts: ['?'] });
      } else if (!letters.withArgument.has(letter)) {
        found.push({ letter, texts: [letter] });
      } else {
        const argument = i + 1 < word.length ? word.slice(i + 1) : words[++at];
        found.push({ letter, texts: argument === undefined ? [''] : [letter, argument] });
        break;
      }
    }
  }
  return found;
}
