import type { ByteString } from '../../model/byte-string.ts';
import { MAX_COMMAND_WORDS } from '../../model/limits.ts';
import type { Kind } from './kind.ts';
import { refuse } from './scalars.ts';

/** A command line as the words that the program is given; the first one is its argv[0]. */
export type Command = readonly [ByteString, ...ByteString[]];

/**
 * A command: a line, cut into words at blanks with quotes and backslashes as in a shell but nothing expanded, or a list
 * whose items are the words as they are.
 */
export const command: Kind<Command> = {
  schema: {
    type: ['string', 'number', 'boolean', 'array'],
    items: { type: ['string', 'number', 'boolean'] },
    minLength: 1,
    minItems: 1,
  },
  read: (reader, node, what) => {
    const words = node.kind === 'sequence' ? reader.texts(node, what) : undefined;
    const line = node.kind === 'sequence' ? undefined : reader.text(node, what);
    const cut = words ?? (line === undefined ? undefined : splitWords(line));
    if (cut === undefined) return undefined;
    if (cut === 'unclosed') return refuse(reader, node, `${what} has a quote that is never closed`);
    if (cut.length > MAX_COMMAND_WORDS) return refuse(reader, node, `${what} has more than ${MAX_COMMAND_WORDS} words`);
    const [first, ...rest] = cut;
    return first === undefined ? refuse(reader, node, `${what} must name a program`) : [first, ...rest];
  },
};

/** Cuts a line into words as a shell does, without expanding anything. */
export function splitWords(line: ByteString): ByteString[] | 'unclosed' {
  const words: ByteString[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] as string;
    if (letter === ' ' || letter === '\t' || letter === '\n') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === "'" || letter === '"') {
      const quoted = readQuoted(line, at);
      if (quoted === undefined) return 'unclosed';
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else {
      if (letter === '\\' && at + 1 < line.length) at++;
      word = (word ?? '') + (line[at] as string);
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Letters after which a backslash between double quotes is not itself. */
const ESCAPED = '"\\$`';

function readQuoted(line: ByteString, start: number): { readonly text: string; readonly end: number } | undefined {
  const quote = line[start] as string;
  let text = '';
  for (let at = start + 1; at < line.length; at++) {
    const letter = line[at] as string;
    if (letter === quote) return { text, end: at };
    const next = line[at + 1];
    if (quote === '"' && letter === '\\' && next !== undefined && ESCAPED.includes(next)) at++;
    text += line[at] as string;
  }
  return undefined;
}
