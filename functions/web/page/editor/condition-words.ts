/** Words between the parts of a condition. */
const JOINTS = new Set(['and', 'or', 'not']);
/** Operators that are words. */
const OPERATORS = new Set(
  'in intersects pmatch exists contains icontains bcontains startswith bstartswith endswith glob iglob regex oneof anyof allof'.split(
    ' ',
  ),
);
const TRANSFORMERS = new Set('tolower toupper b64 basename len join concat getopt val'.split(' '));

/** What a piece of a condition is, for its colour. */
export type WordKind = 'joint' | 'operator' | 'field' | 'macro' | 'text' | 'number' | 'punctuation' | 'transformer';

/** The piece of a condition at the beginning of a text, or undefined for a blank. */
export function conditionWord(text: string): { readonly length: number; readonly kind: WordKind } | undefined {
  const quoted = /^("(?:\\.|[^"\\])*"?|'[^']*'?)/.exec(text);
  if (quoted !== null) return { length: quoted[0].length, kind: 'text' };
  const sign = /^(<=|>=|!=|==?|<|>)/.exec(text);
  if (sign !== null) return { length: sign[0].length, kind: 'operator' };
  if (/^[(),]/.test(text)) return { length: 1, kind: 'punctuation' };
  const word = /^[^\s(),"'=<>!]+/.exec(text)?.[0];
  if (word === undefined) return undefined;
  return { length: word.length, kind: kindOf(word, text[word.length]) };
}

function kindOf(word: string, next: string | undefined): WordKind {
  if (JOINTS.has(word)) return 'joint';
  if (OPERATORS.has(word)) return 'operator';
  if (next === '(' && TRANSFORMERS.has(word)) return 'transformer';
  if (/^-?(0x)?[0-9][0-9a-f]*$/.test(word)) return 'number';
  if (/^[a-z0-9_]+\.[a-z0-9_.]+(\[.*)?$/i.test(word) && !word.startsWith('.')) return 'field';
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(word) ? 'macro' : 'text';
}
