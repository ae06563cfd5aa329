import type { Check, Constant } from '../filter/ast.ts';
import { ConditionSpan } from '../filter/condition-span.ts';
import { ConditionText, type Piece } from '../filter/condition-text.ts';
import { printOperand, writeExpression } from '../filter/print.ts';
import type { LoadedList } from '../rules/rule-set.ts';
import { clipped, visible } from './visible-text.ts';

/** Constants of a check that its text shows. */
const MOST_SHOWN = 5;
/** Bytes of a constant that its text shows. */
const MOST_CONSTANT_BYTES = 60;

/** Leads constants back to the lists that brought them. */
export class ListNames {
  readonly #byText = new Map<ConditionText, string>();
  readonly #byValue = new Map<string, string>();

  constructor(lists: ReadonlyMap<string, LoadedList>) {
    for (const { name, text } of lists.values()) {
      this.#byText.set(text, name);
      // A list that was read again after a later file is another text with the same items.
      this.#byValue.set(text.value, name);
    }
  }

  /** Name of the list that a constant came from; undefined for one that is written in the condition. */
  of({ span }: Constant): string | undefined {
    if (!(span instanceof ConditionSpan)) return undefined;
    const { origin } = span.text.pieces[span.text.pieceAt(span.from)] as Piece;
    if (!(origin instanceof ConditionText)) return undefined;
    return this.#byText.get(origin) ?? this.#byValue.get(origin.value);
  }

  /** Names of the lists that brought some of the constants, each once, in order. */
  among(constants: readonly Constant[]): readonly string[] {
    const names = new Set<string>();
    for (const constant of constants) {
      const name = this.of(constant);
      if (name !== undefined) names.add(name);
    }
    return [...names];
  }
}

/** The constants that a check compares with. */
export function constantsOf({ right }: Check): readonly Constant[] {
  if (right?.kind === 'list') return right.items;
  return right?.kind === 'constant' ? [right] : [];
}

/** A check for people: `proc.name in (shell_binaries, "my shell")`, lists by their names, long ones cut short. */
export function checkText(check: Check, lists: ListNames): string {
  const { left, operator, modifier, right } = check;
  const parts = right?.kind === 'list' ? listParts(right.items, lists) : [];
  const isCut = right?.kind === 'list' && (parts.length < right.items.length || parts.length > MOST_SHOWN);
  if (right?.kind !== 'list' || !isCut) return visible(clipped(writeExpression(check), MOST_CONSTANT_BYTES * 8));
  const more = parts.length - MOST_SHOWN;
  const shown = more > 0 ? [...parts.slice(0, MOST_SHOWN), `… ${more} more`] : parts;
  const words = [visible(printOperand(left)), operator, ...(modifier === undefined ? [] : [modifier])];
  return `${words.join(' ')} (${shown.join(', ')})`;
}

/** Names of lists, and the constants that no list brought. */
function listParts(items: readonly Constant[], lists: ListNames): string[] {
  const parts: string[] = [];
  let last: string | undefined;
  for (const item of items) {
    const list = lists.of(item);
    if (list === undefined) parts.push(visible(clipped(item.text, MOST_CONSTANT_BYTES)));
    else if (list !== last) parts.push(list);
    last = list;
  }
  return parts;
}
