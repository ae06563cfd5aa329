import type { Scalar } from '../document/node.ts';
import { ConditionBuilder } from '../filter/condition-builder.ts';
import { ConditionText, type Place } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import { MAX_CONDITION_CHARS, MAX_LIST_ITEMS, MAX_LIST_SCAN_CHARS } from '../model/limits.ts';
import type { Context } from './context.ts';
import type { ListItem } from './items.ts';
import { isDelimiter, substitute } from './list-substitution.ts';
import { LoadError } from './load-error.ts';

/** A list after the lists among its items are put in. */
export interface CompiledList {
  readonly item: ListItem;
  readonly items: readonly Scalar[];
  /** The items as they stand in a condition: `a, "b c"`. */
  readonly text: ConditionText;
  used: boolean;
}

/**
 * The lists of a rule set, in order of first definition. A list is text: wherever its name stands in a condition
 * between blanks, commas, parentheses or equals signs, its items are put, in quoted texts too.
 */
export class ListTable {
  readonly lists: readonly CompiledList[];
  /** Lists by the words that can name them. */
  readonly #byWord = new Map<ByteString, number>();
  /** Lists whose names hold blanks or the like; they are looked for in every condition. */
  readonly #unusual: number[] = [];
  /** Lists named in the text of a list. */
  readonly #named = new Map<number, readonly number[]>();
  #scanned = 0;

  constructor(collected: ReadonlyMap<ByteString, ListItem>, texts: ListTexts) {
    this.lists = compileLists(collected, texts);
    this.lists.forEach(({ item: { name } }, index) => {
      if (isWord(name)) this.#byWord.set(name, index);
      else this.#unusual.push(index);
    });
  }

  /** A condition with the items of lists in place of their names. */
  expand(condition: ConditionText, context: Context): ConditionText {
    let text = condition;
    const due = new Set([...this.#namesIn(text.value), ...this.#unusual]);
    while (due.size > 0) {
      // Lists are put in in their own order: what a list brings is seen by later ones only.
      const index = smallest(due);
      due.delete(index);
      const list = this.lists[index] as CompiledList;
      this.#scan(text.value.length + due.size, context);
      const next = substitute(text, list.item.name, list.text);
      if (next === undefined) continue;
      if (next.value.length > MAX_CONDITION_CHARS) throw tooLong(context);
      text = next;
      list.used = true;
      for (const named of this.#namedIn(index)) if (named > index) due.add(named);
    }
    return text;
  }

  #namedIn(index: number): readonly number[] {
    let named = this.#named.get(index);
    if (named === undefined) {
      named = this.#namesIn((this.lists[index] as CompiledList).text.value);
      this.#named.set(index, named);
    }
    return named;
  }

  #namesIn(text: ByteString): number[] {
    const found: number[] = [];
    if (this.#byWord.size === 0) return found;
    let start = 0;
    for (let at = 0; at <= text.length; at++) {
      if (at < text.length && !isDelimiter(text.charCodeAt(at))) continue;
      if (at > start) {
        const index = this.#byWord.get(text.slice(start, at));
        if (index !== undefined) found.push(index);
      }
      start = at + 1;
    }
    return found;
  }

  #scan(characters: number, context: Context): void {
    this.#scanned += characters;
    if (this.#scanned <= MAX_LIST_SCAN_CHARS) return;
    throw new LoadError(
      'LIMIT_LIST_SCAN',
      'putting lists into conditions takes too long',
      context,
      'use fewer lists in one condition',
    );
  }
}

function isWord(name: ByteString): boolean {
  for (let i = 0; i < name.length; i++) if (isDelimiter(name.charCodeAt(i))) return false;
  return true;
}

/** A list among the items of another is put in when it was first defined before the other was last changed; one level only. */
function compileLists(collected: ReadonlyMap<ByteString, ListItem>, texts: ListTexts): CompiledList[] {
  const used = new Set<ByteString>();
  let total = 0;
  const expanded = [...collected.values()].map((item) => {
    const inside = (scalar: Scalar): ListItem | undefined => {
      const other = collected.get(scalar.text);
      return other !== undefined && other.index < item.visibility ? other : undefined;
    };
    for (const scalar of item.items) {
      const other = inside(scalar);
      if (other !== undefined) used.add(other.name);
      total += other?.items.length ?? 1;
      if (total > MAX_LIST_ITEMS) {
        throw new LoadError('LIMIT_LIST_ITEMS', `lists have more than ${MAX_LIST_ITEMS} items`, item.context);
      }
    }
    const nests = item.items.some((scalar) => inside(scalar) !== undefined);
    const items = nests ? item.items.flatMap((scalar) => inside(scalar)?.items ?? [scalar]) : item.items;
    return { item, items };
  });
  return expanded.map(({ item, items }) => ({ item, items, text: texts.of(items), used: used.has(item.name) }));
}

/** The texts of lists; a list that didn't change keeps its text from one compile to the next. */
export class ListTexts {
  readonly #known = new WeakMap<readonly Scalar[], ConditionText>();

  of(items: readonly Scalar[]): ConditionText {
    let text = this.#known.get(items);
    if (text === undefined) this.#known.set(items, (text = joinItems(items)));
    return text;
  }
}

function smallest(numbers: ReadonlySet<number>): number {
  let least = Infinity;
  for (const number of numbers) if (number < least) least = number;
  return least;
}

/** Items with commas between them. One with a blank is put in quotes unless it begins with one; nothing is escaped. */
function joinItems(items: readonly Scalar[]): ConditionText {
  const builder = new ConditionBuilder();
  for (const item of items) {
    const text = ConditionText.ofScalar(item);
    if (builder.length > 0) builder.glue(', ', text);
    appendItem(builder, item, text);
  }
  return builder.build();
}

/** Adds a value that a condition is to compare with. */
export function appendItem(builder: ConditionBuilder, item: Scalar, text = ConditionText.ofScalar(item)): void {
  const quoted = item.text.includes(' ') && item.text[0] !== '"' && item.text[0] !== "'";
  if (quoted) builder.add('"', placeOf(item));
  builder.append(text);
  if (quoted) builder.add('"', placeOf(item));
}

/** Where a scalar is written. */
export function placeOf({ document, mark, end }: Scalar): Place {
  return { document, start: mark.offset, end };
}

function tooLong(context: Context): LoadError {
  const message = `condition has more than ${MAX_CONDITION_CHARS} characters once lists are put in`;
  return new LoadError('LIMIT_CONDITION_CHARS', message, context);
}
