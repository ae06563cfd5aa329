import { fromUnicode, toUnicode } from '../model/byte-string.ts';
import type { Collected } from '../rules/items.ts';

/** Names of macros and lists that the condition of a rule uses, also through other macros and lists. */
export function namesUsed(rule: string, { rules, macros, lists }: Collected): Set<string> {
  const used = new Set<string>();
  const open = [rules.get(fromUnicode(rule))?.condition.value ?? ''];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const word of wordsOf(text)) {
      const name = toUnicode(word);
      if (used.has(name)) continue;
      const macro = macros.get(word);
      const list = lists.get(word);
      if (macro === undefined && list === undefined) continue;
      used.add(name);
      if (macro !== undefined) open.push(macro.condition.value);
      if (list !== undefined) open.push(list.items.map((item) => item.text).join(' '));
    }
  }
  return used;
}

/** Words of a condition outside of quotes. */
function wordsOf(condition: string): string[] {
  return condition.replaceAll(/"[^"]*"|'[^']*'/g, ' ').match(/[A-Za-z_][A-Za-z0-9_.-]*/g) ?? [];
}
