import type { ByteString } from '../model/byte-string.ts';

const ESCAPES: Readonly<Record<string, ByteString>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '/': '/',
  // A backslash before a blank is a backslash, and the blank is gone: rules that escaped wrongly were to keep working.
  ' ': '\\',
};

/** What a quoted text means, or why it means nothing. `inside` is without its quotes. */
export function unescape(inside: ByteString, quote: '"' | "'"): { text: ByteString } | { problem: string } {
  if (!inside.includes('\\')) return { text: inside };
  let text = '';
  for (let at = 0; at < inside.length; at++) {
    const letter = inside[at] as string;
    if (letter !== '\\') {
      text += letter;
      continue;
    }
    const escaped = inside[++at] as string;
    const known = ESCAPES[escaped] ?? (escaped === quote ? quote : undefined);
    if (known === undefined) return { problem: problemOf(escaped) };
    text += known;
  }
  return { text };
}

function problemOf(escaped: string): string {
  if (escaped === '"') return 'invalid \\" escape in \'-quoted string';
  if (escaped === "'") return 'invalid \\\' escape in "-quoted string';
  return `unsupported string escape sequence: \\${escaped}`;
}
