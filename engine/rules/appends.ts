import type { Scalar } from '../document/node.ts';
import { ConditionBuilder } from '../filter/condition-builder.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { ListItem, MacroItem, RuleItem, RuleUpdate } from './items.ts';

/** What was appended to one rule. */
interface RuleAppends {
  readonly condition: ConditionText[];
  readonly output: ConditionText[];
  readonly tags: ByteString[];
}

/**
 * What was appended to lists, macros and rules and is not yet part of them. A file can append to one item a hundred
 * thousand times; joining once takes the time of one append.
 */
export class Appends {
  readonly #lists = new Map<ListItem, Scalar[]>();
  readonly #macros = new Map<MacroItem, ConditionText[]>();
  readonly #rules = new Map<RuleItem, RuleAppends>();

  toList(list: ListItem, items: readonly Scalar[]): void {
    const appended = entry(this.#lists, list, () => []);
    for (const item of items) appended.push(item);
  }

  toMacro(macro: MacroItem, condition: ConditionText): void {
    entry(this.#macros, macro, () => []).push(condition);
  }

  toRule(rule: RuleItem, { condition, output, tags }: RuleUpdate): void {
    const appended = entry(this.#rules, rule, () => ({ condition: [], output: [], tags: [] }));
    if (condition !== undefined) appended.condition.push(condition);
    if (output !== undefined) appended.output.push(output);
    for (const tag of tags ?? []) appended.tags.push(tag);
  }

  /** Takes back what was appended to parts of a rule that are replaced. */
  forget(rule: RuleItem, { condition, output, tags }: Partial<RuleUpdate>): void {
    const appended = this.#rules.get(rule);
    if (appended === undefined) return;
    if (condition !== undefined) appended.condition.length = 0;
    if (output !== undefined) appended.output.length = 0;
    if (tags !== undefined) appended.tags.length = 0;
  }

  /** Makes it part of the items. */
  join(): void {
    for (const [list, items] of this.#lists) list.items = [...list.items, ...items];
    for (const [macro, conditions] of this.#macros) macro.condition = joined(macro.condition, conditions);
    for (const [rule, { condition, output, tags }] of this.#rules) {
      rule.condition = joined(rule.condition, condition);
      rule.output = joined(rule.output, output);
      if (tags.length > 0) rule.tags = tagSet([...rule.tags, ...tags]);
    }
    this.#lists.clear();
    this.#macros.clear();
    this.#rules.clear();
  }
}

/** Tags as a set: sorted by bytes, without duplicates. */
export function tagSet(tags: readonly ByteString[]): readonly ByteString[] {
  return [...new Set(tags)].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function entry<Item, Value>(all: Map<Item, Value>, item: Item, create: () => Value): Value {
  let value = all.get(item);
  if (value === undefined) all.set(item, (value = create()));
  return value;
}

/** Texts with a blank between them; there are no parentheses around any. */
function joined(first: ConditionText, others: readonly ConditionText[]): ConditionText {
  if (others.length === 0) return first;
  const builder = new ConditionBuilder().append(first);
  for (const other of others) builder.glue(' ', other).append(other);
  return builder.build();
}
