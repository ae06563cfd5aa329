import type { Random } from '../random.ts';
import { plainWord, strangeText } from './strange-text.ts';

/** Marks of YAML, for changes at random places. */
export const YAML_WORDS: readonly string[] = [
  '- ',
  ': ',
  '? ',
  ', ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '#',
  ' # ',
  '|',
  '>',
  '|-',
  '>+',
  '|2',
  '>9-',
  '&a ',
  '*a',
  '!',
  '!!str ',
  '!<x> ',
  '!e!a ',
  '%YAML 1.2\n',
  '%TAG ! x\n',
  '---\n',
  '...\n',
  '--- ',
  '@',
  '`',
  '\n',
  '\n  ',
  '\n- ',
  '\n\n',
  '\t',
  '\r\n',
  ':',
  '-',
  '~',
  'null',
  '<<: *a',
  'a: b',
  '"\\u00e9\\x41\\',
  "''",
];

/** YAML of any shape, indented as it should be. */
export function yamlText(random: Random): string {
  const documents = Array.from({ length: random.once(6) ? random.count(4) : 1 }, () =>
    nodeText(random, 0, random.count(5)),
  );
  return documents.join(random.once(3) ? '\n...\n' : '\n---\n');
}

function nodeText(random: Random, indent: number, depth: number): string {
  if (depth <= 0) return scalarText(random, indent);
  const pad = ' '.repeat(indent);
  const inner = (more = 2) => nodeText(random, indent + more, depth - 1 - random.below(2));
  const rows = (row: () => string) => `\n${Array.from({ length: random.count(4) }, () => `${pad}${row()}`).join('\n')}`;
  switch (random.below(8)) {
    case 0:
    case 1:
      return rows(() => `- ${inner()}`);
    case 2:
    case 3:
      return rows(() => `${keyText(random)}: ${inner()}`);
    case 4:
      return `[${Array.from({ length: random.below(5) }, () => inner(1)).join(', ')}]`;
    case 5:
      return `{${Array.from({ length: random.below(5) }, () => `${keyText(random)}: ${inner(1)}`).join(', ')}}`;
    case 6:
      return random.once(2) ? `&${plainWord(random)} ${inner()}` : `*${plainWord(random)}`;
    default:
      return `${random.pick(['!!str', '!', '!a', '!<tag:x>'])} ${inner()}`;
  }
}

function keyText(random: Random): string {
  return random.once(8)
    ? `? ${scalarText(random, 0)}\n`
    : random.pick([plainWord(random), `"${plainWord(random)}"`, "'k'", '~', '']);
}

function scalarText(random: Random, indent: number): string {
  const words = Array.from({ length: random.count(4) }, () =>
    random.once(6) ? strangeText(random) : plainWord(random),
  );
  const pad = `\n${' '.repeat(indent + random.below(3))}`;
  switch (random.below(6)) {
    case 0:
      return `"${words.join(random.once(3) ? pad : ' ')}"`;
    case 1:
      return `'${words.join(random.once(3) ? pad : ' ')}'`;
    case 2:
      return `${random.pick(['|', '>'])}${random.pick(['', '-', '+', '1', '2-', '9'])}${pad}${words.join(pad)}`;
    case 3:
      return words.join(pad);
    default:
      return words.join(' ');
  }
}
