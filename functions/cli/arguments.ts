import { parseArgs } from 'node:util';
import { nearest } from '../../engine/model/nearest.ts';
import { UsageError, type Command, type Flag, type Given } from './command.ts';

/** Flags that every command has. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: 'json', help: 'print for machines: one JSON value, or one a line where answers come as they are found' },
  { name: 'help', short: 'h', help: 'show this help' },
];

/** Reads a command's words and flags; throws UsageError with a hint when something doesn't fit. */
export function parseArguments(command: Command, argv: readonly string[]): Given {
  const flags = [...command.flags, ...GLOBAL_FLAGS];
  const { values, positionals } = parse(flags, argv);
  const [least, most] = command.words;
  if (values.help !== true && positionals.length < least) throw new UsageError(`${command.usage} is missing`);
  if (positionals.length > most) throw new UsageError(`too many words: '${positionals[most]}' is not expected`);
  checkChoices(flags, values);
  const list = (name: string): string[] => {
    const value = values[name];
    if (value === undefined || typeof value === 'boolean') return [];
    return Array.isArray(value) ? value.map(String) : [value];
  };
  return {
    words: positionals,
    flag: (name) => list(name).at(-1),
    flags: list,
    has: (name) => values[name] !== undefined && values[name] !== false,
  };
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parse(flags: readonly Flag[], argv: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: flag.multiple === true || flag.repeated === true,
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  );
  try {
    return parseArgs({ args: gatherLists(flags, argv), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(flags, error as Error & { code?: string }));
  }
}

/** `-r a.yaml b.yaml` means `-r a.yaml -r b.yaml`: rule files come several, in order, and a shell's `*` gives them so. */
function gatherLists(flags: readonly Flag[], argv: readonly string[]): string[] {
  const out: string[] = [];
  let list: string | undefined;
  let taken = 0;
  for (const word of argv) {
    if (word.startsWith('-') && word !== '-') {
      list = flags.some((flag) => flag.multiple && (word === `--${flag.name}` || word === `-${flag.short}`))
        ? word
        : undefined;
      taken = 0;
      out.push(word);
    } else {
      if (list !== undefined && taken++ > 0) out.push(list);
      out.push(word);
    }
  }
  return out;
}

function explain(flags: readonly Flag[], error: Error & { code?: string }): string {
  const unknown = /Unknown option '(-+)([^' ]+)'/.exec(error.message);
  if (unknown === null) return error.message.replace(/\.? To specify .*$/s, '');
  const close = nearest(
    unknown[2] as string,
    flags.map((flag) => flag.name),
  );
  return `unknown flag ${unknown[1]}${unknown[2]}${close === undefined ? '' : `, did you mean --${close}?`}`;
}

function checkChoices(flags: readonly Flag[], values: Values): void {
  for (const { name, choices } of flags) {
    const value = values[name];
    if (choices === undefined || typeof value !== 'string' || choices.includes(value)) continue;
    throw new UsageError(`--${name} is one of ${choices.join(', ')}, not '${value}'`);
  }
}
