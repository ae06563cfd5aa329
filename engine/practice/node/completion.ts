import { COMMANDS } from './commands/table.ts';
import type { Emulated } from './emulated.ts';

/** What the last word of a line could become, and where that word begins. */
export function completions(
  line: string,
  node: Emulated,
): { readonly from: number; readonly words: readonly string[] } {
  const last = /[^\s|;&<>]*$/.exec(line)?.[0] ?? '';
  const from = line.length - last.length;
  const before = line.slice(0, from);
  const [words = ''] = /[^|;&]*$/.exec(before) ?? [];
  const typed = words.trim() === '' ? [] : words.trim().split(/\s+/);
  const [name, ...rest] = typed[0] === 'sudo' ? typed.slice(1) : typed;
  const isTarget = /[<>]\s*$/.test(before);
  if (name === undefined && !isTarget) return { from, words: fitting([...COMMANDS.keys()].toSorted(), last) };
  const own = isTarget ? undefined : COMMANDS.get(name as string)?.complete?.([...rest, last], node);
  return { from, words: own === undefined ? paths(last, node) : fitting(own, last) };
}

function fitting(words: readonly string[], start: string): string[] {
  return words.filter((word) => word.startsWith(start)).map((word) => `${word} `);
}

function paths(start: string, node: Emulated): string[] {
  const slash = start.lastIndexOf('/') + 1;
  const folder = node.resolve(start.slice(0, slash) || '.');
  if (!node.files.isFolder(folder)) return [];
  const names = node.files.names(folder).filter((name) => name.startsWith(start.slice(slash)));
  return names.map((name) => {
    const isFolder = node.files.isFolder(node.resolve(name, folder));
    return `${start.slice(0, slash)}${name}${isFolder ? '/' : ' '}`;
  });
}
