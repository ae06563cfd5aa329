import type { StoryDraft } from './story-draft.ts';
import type { Node } from '../../document/node.ts';

/** Linux's open flags by bit, where a suite gives a number, as on x86. */
const OPEN_BITS: Readonly<Record<string, number>> = {
  O_WRONLY: 0o1,
  O_RDWR: 0o2,
  O_CREAT: 0o100,
  O_EXCL: 0o200,
  O_TRUNC: 0o1000,
  O_APPEND: 0o2000,
  O_NONBLOCK: 0o4000,
  O_DSYNC: 0o10000,
  O_DIRECT: 0o40000,
  O_DIRECTORY: 0o200000,
  O_CLOEXEC: 0o2000000,
};
/** Flags that a story can ask for beside what the file is opened for. */
const STORY_FLAGS = new Set(Object.keys(OPEN_BITS).slice(2).concat('O_SYNC', 'O_LARGEFILE', 'O_TMPFILE'));

const MODE_BITS: Readonly<Record<string, number>> = {
  S_IRWXU: 0o700,
  S_IRUSR: 0o400,
  S_IWUSR: 0o200,
  S_IXUSR: 0o100,
  S_IRWXG: 0o070,
  S_IRGRP: 0o040,
  S_IWGRP: 0o020,
  S_IXGRP: 0o010,
  S_IRWXO: 0o007,
  S_IROTH: 0o004,
  S_IWOTH: 0o002,
  S_IXOTH: 0o001,
  S_ISUID: 0o4000,
  S_ISGID: 0o2000,
  S_ISVTX: 0o1000,
};

/** What a file is opened for, and the other flags, out of names joined by `|` or a number. */
export function openFlags(text: string, draft: StoryDraft, node: Node): { for: string; flags: readonly string[] } {
  const number = integerOf(text);
  const names =
    number === undefined
      ? text.split('|').map((name) => name.trim())
      : Object.keys(OPEN_BITS).filter((name) => (number & (OPEN_BITS[name] as number)) !== 0);
  const flags = names.filter((name) => STORY_FLAGS.has(name));
  for (const name of names) {
    if (!STORY_FLAGS.has(name) && !/^O_(RDONLY|WRONLY|RDWR)$/.test(name)) draft.lose(node, `the flag ${name}`);
  }
  const purpose = names.includes('O_RDWR') ? 'reading and writing' : names.includes('O_WRONLY') ? 'writing' : 'reading';
  return { for: purpose, flags };
}

/** Permissions as octal digits, out of names joined by `|` or a number; undefined for none. */
export function modeDigits(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const number = integerOf(text);
  const bits = text.split('|').map((name) => MODE_BITS[name.trim()] ?? 0);
  return (number ?? bits.reduce((sum, bit) => sum | bit, 0)).toString(8);
}

/** A number as YAML writes it: decimal, 0644 or 0o644, 0x1a4. */
export function integerOf(text: string): number | undefined {
  if (/^0o?[0-7]+$/.test(text)) return Number.parseInt(text.replace('o', ''), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
