import { check } from '../../../engine/check.ts';
import { Source } from '../../../engine/model/source.ts';
import type { Random } from '../random.ts';
import { baseItems, ruleItemText } from './rules.ts';

/** Edits that are tried before a change is taken as it is. */
const TRIES = 6;

/** Rules that load, from the items of files that do: all lists and macros, some of the rules, and some that are made up. */
export function someRules(files: readonly string[], random: Random): string[] {
  const items = itemsOf(files.join('\n')).filter((item) => !item.startsWith('- rule:') || random.once(2));
  const more = Array.from({ length: random.below(4) }, () => ruleItemText(random));
  const all = [...items, ...itemsOf(baseItems()), ...more];
  return loads(all) ? all : items;
}

/** The same rules with a few edits, which load too where that comes about. */
export function editedRules(items: readonly string[], random: Random): string[] {
  let edited = [...items];
  for (let left = 1 + random.below(4); left > 0; left--) {
    for (let i = 0; i < TRIES; i++) {
      const next = edit(edited, random);
      if (!loads(next)) continue;
      edited = next;
      break;
    }
  }
  return edited;
}

function edit(items: readonly string[], random: Random): string[] {
  const at = random.below(items.length);
  const item = items[at] as string;
  const name = /^- (\w+): (.*)/.exec(item);
  switch (random.below(8)) {
    case 0:
      return items.toSpliced(at, 1);
    case 1:
      return items.toSpliced(at, 1).toSpliced(random.below(items.length), 0, item);
    case 2:
      return [...items, ruleItemText(random)];
    case 3:
      return [...items, override(name?.[1] ?? '', name?.[2] ?? '', random)];
    default:
      return items.with(at, reworded(item, random));
  }
}

function override(kind: string, name: string, random: Random): string {
  if (kind === 'list')
    return `- list: ${name}\n  items: [${random.pick(['sh', 'curl', 'cat'])}]\n  override: {items: append}\n`;
  const condition = random.pick(['or proc.name = sh', 'and not proc.name = sh', 'or evt.type = execve']);
  if (kind === 'macro' || random.once(2))
    return `- ${kind}: ${name}\n  condition: ${condition}\n  override: {condition: append}\n`;
  return `- rule: ${name}\n  priority: ${random.pick(['DEBUG', 'ALERT'])}\n  override: {priority: replace}\n`;
}

/** Changes one place of an item: something that is there is gone, doubled or something else. */
function reworded(item: string, random: Random): string {
  const places = [
    ...item.matchAll(/\bnot |\b(?:and|or)\b|[\w./-]+, |, [\w./-]+(?=[)\]])|!?=|%[\w.]+|WARNING|NOTICE|\b\w{3,}\b/g),
  ];
  if (places.length === 0) return item;
  const { 0: word, index } = random.pick(places);
  const others: Record<string, string> = {
    and: 'or',
    or: 'and',
    '=': '!=',
    '!=': '=',
    WARNING: 'ERROR',
    NOTICE: 'DEBUG',
  };
  const instead = others[word] ?? (random.once(2) ? '' : word + word);
  return item.slice(0, index) + instead + item.slice(index + word.length);
}

function itemsOf(text: string): string[] {
  return text.split(/^(?=- )/m).filter((item) => item.startsWith('- '));
}

function loads(items: readonly string[]): boolean {
  return check([new Source('rules.yaml', items.join(''))]).ruleSet !== undefined;
}
