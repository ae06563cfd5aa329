import type { ByteString } from '../model/byte-string.ts';
import type { RuleItem } from '../rules/items.ts';

/** Rules of a rule set by name. */
type Rules = ReadonlyMap<ByteString, RuleItem>;

/**
 * Rules that have another name now, by their new names: one that is gone and one that is new ask for the same, word for
 * word. Where several do, the first ones of each belong together.
 */
export function renames(from: Rules, to: Rules): Map<ByteString, ByteString> {
  const gone = new Map<string, ByteString[]>();
  for (const [name, rule] of from) {
    if (to.has(name)) continue;
    const words = wordsOf(rule);
    const names = gone.get(words);
    if (names === undefined) gone.set(words, [name]);
    else names.push(name);
  }
  const renamed = new Map<ByteString, ByteString>();
  for (const [name, rule] of to) {
    const before = from.has(name) ? undefined : gone.get(wordsOf(rule))?.shift();
    if (before !== undefined) renamed.set(name, before);
  }
  return renamed;
}

function wordsOf({ source, condition }: RuleItem): string {
  return `${source} ${condition.value.replaceAll(/\s+/g, ' ').trim()}`;
}
