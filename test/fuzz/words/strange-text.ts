import type { Random } from '../random.ts';

/** Letters that readers of text trip over: ends, blanks of all kinds, marks, halves of characters. */
const STRANGE = [
  '\0',
  '\b',
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  '\r\n',
  '\x1b',
  '\x7f',
  '\x85',
  '\xa0',
  '\xff',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\ud800',
  '\udc00',
  '\u{1f600}',
  'é',
  ' ',
  '"',
  "'",
  '\\',
  '%',
  '`',
  '#',
  '<NA>',
  '-1',
  '0',
  '9007199254740993',
  '18446744073709551616',
  '1e309',
  '0x',
  '__proto__',
  'constructor',
  'toString',
] as const;

/** A short text that something may trip over. */
export function strangeText(random: Random): string {
  return random.pick(STRANGE);
}

/** A plain word. */
export function plainWord(random: Random): string {
  return random.pick(['a', 'b', 'x1', 'sh', 'nginx', 'foo_bar', 'web', 'r', 'm', 'l', 'open', 'root', 'A.b-c']);
}

/** A path, well formed or not. */
export function pathText(random: Random): string {
  const parts = ['', '.', '..', 'etc', 'shadow', 'proc', 'self', '*', 'a b', '...', 'usr', 'bin', 'x'.repeat(255)];
  return Array.from({ length: random.count(6) }, () => random.pick(parts)).join('/') || '/';
}
