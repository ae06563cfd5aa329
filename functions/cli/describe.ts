import type { Descriptions } from '../../engine/describe.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';

const WHAT = ['fields', 'events', 'operators', 'lints'] as const;
const TEXT_COLUMN = 48;

/** `creance describe fields|events|operators [WORD]`. */
export const DESCRIBE: Command = {
  name: 'describe',
  summary: 'the rule language as data: fields, events, operators, lints',
  usage: `${WHAT.join('|')} [WORD]`,
  about:
    'Lists what a condition or an output may name, with what each means. WORD keeps the entries whose name or description contains it. With --json, the whole as one JSON value.',
  words: [1, 2],
  flags: [],
  examples: [
    ['describe fields container', 'fields about containers'],
    ['describe events open', 'event types of opening, with their arguments'],
    ['describe operators', 'operators, modifiers and transformers'],
    ['describe lints', 'traps of Falco that check warns of'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [what, word = ''] = given.words;
  const { describe } = await import('../../engine/describe.ts');
  const keep = (text: string): boolean => text.toLowerCase().includes(word.toLowerCase());
  if (what !== 'fields' && what !== 'events' && what !== 'operators' && what !== 'lints') {
    throw new UsageError(`${what} can't be described, but ${WHAT.join(', ')}`);
  }
  const rows = describe(what);
  const kept = rows.filter((row) => keep(JSON.stringify(row)));
  if (given.has('json')) await terminal.write(`${JSON.stringify(kept, undefined, 2)}\n`);
  else await terminal.write(`${LINES[what](kept as never).join('\n')}\n`);
  if (kept.length > 0) return EXIT.YES;
  terminal.note(`creance: nothing among the ${rows.length} ${what} contains '${word}'\n`);
  return EXIT.NO;
}

type Rows<What extends keyof Descriptions> = Descriptions[What];

const LINES: { readonly [What in keyof Descriptions]: (rows: Rows<What>) => string[] } = {
  fields: (rows) =>
    rows.map(({ usage, type, list, description, decidable, deprecated }) => {
      const notes = [!decidable && 'known to Falco, not decidable here', deprecated && 'deprecated'].filter(Boolean);
      const kind = `${type.toLowerCase()}${list ? ' list' : ''}`;
      return entry(`${usage.join(' or ')}  ${kind}`, [description, ...notes.map((note) => `(${note})`)].join(' '));
    }),
  events: (rows) => rows.map(({ name, params }) => entry(name, params.map((param) => param.name).join(' '))),
  operators: (rows) => rows.map(({ word, kind, description }) => entry(`${word}  ${kind}`, description)),
  lints: (rows) => rows.map(({ code, description }) => entry(code, description)),
};

function entry(head: string, text: string): string {
  return head.length < TEXT_COLUMN
    ? `${head.padEnd(TEXT_COLUMN)}${text}`
    : `${head}\n${' '.repeat(TEXT_COLUMN)}${text}`;
}
