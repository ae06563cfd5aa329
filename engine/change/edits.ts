import type { ByteString } from '../model/byte-string.ts';
import type { Source } from '../model/source.ts';
import type { Collected, ListItem, MacroItem, RuleItem } from '../rules/items.ts';
import { listOrderDrafts, placeLists } from './definition-order.ts';
import type { Edit, EditDraft } from './edit.ts';
import { listChange } from './list-change.ts';
import { macroChange } from './macro-change.ts';
import { mergedOrder, namesOfBoth, type ObjectChange } from './object-change.ts';
import { orderChange, type OrderChange } from './order-change.ts';
import { renames } from './renames.ts';
import { ruleChange } from './rule-change.ts';
import { Statements } from './statements.ts';

/** Rules that were loaded, and the files they came from. */
export interface LoadedFiles {
  readonly sources: readonly Source[];
  readonly collected: Collected;
}

/** Objects of one kind with the number of the first edit of each. */
type Changes<Item> = Map<ByteString, { readonly first: number; readonly change: ObjectChange<Item> }>;

/** Which edits are made in a mixture. */
type Takes = (edit: number) => boolean;

/**
 * All edits that lead from one rule set to another, and every mixture between them: the first one with some of the edits
 * made. With none of them a mixture is the first rule set, with all of them the second. The same files give the same
 * edits, always.
 */
export class Edits {
  readonly all: readonly Edit[];
  readonly before: Statements;
  readonly after: Statements;
  readonly #from: Collected;
  readonly #to: Collected;
  readonly #lists: Changes<ListItem> = new Map();
  readonly #macros: Changes<MacroItem> = new Map();
  /** By the second name of those that were renamed. */
  readonly #rules: Changes<RuleItem> = new Map();
  readonly #listOrder: number;
  readonly #hasListOrder: boolean;
  readonly #order: { readonly first: number; readonly change: OrderChange };

  constructor(from: LoadedFiles, to: LoadedFiles) {
    const before = (this.before = new Statements(from.sources));
    const after = (this.after = new Statements(to.sources));
    const old = (this.#from = from.collected);
    const now = (this.#to = to.collected);
    const drafts: EditDraft[] = [];
    const add = <Item>(changes: Changes<Item>, name: ByteString, change: ObjectChange<Item>): void => {
      changes.set(name, { first: drafts.length, change });
      drafts.push(...change.drafts);
    };
    for (const name of namesOfBoth(old.lists, now.lists)) {
      add(this.#lists, name, listChange(old.lists.get(name), now.lists.get(name), before, after));
    }
    for (const name of namesOfBoth(old.macros, now.macros)) {
      add(this.#macros, name, macroChange(old.macros.get(name), now.macros.get(name), before, after));
    }
    const oldNames = renames(old.rules, now.rules);
    const renamed = new Map([...oldNames].map(([to, from]) => [from, to]));
    const oldOrder = [...old.rules.keys()].map((name) => renamed.get(name) ?? name);
    for (const name of mergedOrder(oldOrder, [...now.rules.keys()])) {
      const was = old.rules.get(oldNames.get(name) ?? name);
      add(this.#rules, name, ruleChange(was, now.rules.get(name), before, after));
    }
    this.#listOrder = drafts.length;
    drafts.push(...listOrderDrafts(old.lists, now.lists));
    this.#hasListOrder = drafts.length > this.#listOrder;
    this.#order = { first: drafts.length, change: orderChange(oldOrder, now) };
    drafts.push(...this.#order.change.drafts);
    this.all = drafts.map((draft, number) => ({ number, ...draft }));
  }

  /** The first rule set with some edits made, before it is compiled. */
  mixture(takes: Takes): Collected {
    const { first, change } = this.#order;
    const lists = mixAll(this.#lists, takes);
    const isNew = !this.#hasListOrder || takes(this.#listOrder);
    const [base, guest] = isNew ? [this.#to, this.#from] : [this.#from, this.#to];
    const rules = new Map<ByteString, RuleItem>();
    for (const name of change.mix((place) => takes(first + place))) {
      const of = this.#rules.get(name);
      const rule = of?.change.mix((place) => takes(of.first + place));
      if (rule !== undefined) rules.set(name, { ...rule, visibility: Infinity });
    }
    return {
      lists: placeLists(lists, base.lists, guest.lists),
      macros: everywhereVisible(mixAll(this.#macros, takes)),
      rules,
    };
  }
}

function mixAll<Item>(changes: Changes<Item>, takes: Takes): Map<ByteString, Item> {
  const mixed = new Map<ByteString, Item>();
  for (const [name, { first, change }] of changes) {
    const item = change.mix((place) => takes(first + place));
    if (item !== undefined) mixed.set(name, item);
  }
  return mixed;
}

/** Both rule sets loaded, so every macro is defined before it is used; in a mixture that order means nothing. */
function everywhereVisible(macros: ReadonlyMap<ByteString, MacroItem>): Map<ByteString, MacroItem> {
  return new Map([...macros].map(([name, macro], index) => [name, { ...macro, index, visibility: Infinity }]));
}
