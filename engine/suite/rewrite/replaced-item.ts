import { spanOf, valueOf, type Node } from '../../document/node.ts';
import type { Verdict } from '../judge.ts';
import { misfits, type Raised, type Scene } from '../raised.ts';
import type { ItemPlace } from './list-edit.ts';
import { alertItems, orderItem, type Item } from './item-text.ts';

/** What came, for an item that is written anew. */
interface Came {
  readonly raised: readonly Raised[];
  /** Alerts of which no item that stays speaks. */
  readonly left: readonly Raised[];
  readonly scene: Scene;
}

/** What takes the place of an expectation that is not met, and the alerts that it speaks of. */
interface Replaced {
  readonly items: readonly (Item | ItemPlace)[];
  readonly took: readonly Raised[];
}

const COUNTS = ['exactly', 'times', 'at least', 'at most'] as const;

/** Writes what came in the place of an expectation that is not met. */
export function replacedItem({ expectation }: Verdict, place: ItemPlace, { raised, left, scene }: Came): Replaced {
  switch (expectation.kind) {
    case 'alert': {
      const fitting = raised.filter((one) => misfits(expectation, one, scene).length === 0);
      const counted = fitting.length === 0 ? undefined : withCount(place, fitting.length);
      if (counted !== undefined) return { items: [counted], took: fitting };
      const ofRule = left.filter(({ alert }) => alert.rule === expectation.rule);
      return { items: alertItems(ofRule.map(({ alert }) => alert)), took: ofRule };
    }
    case 'alerts': {
      const value = place.node.kind === 'mapping' ? valueOf(place.node, 'alerts') : undefined;
      return { items: value === undefined ? [] : [replacedIn(place, value, String(raised.length))], took: [] };
    }
    case 'in order': {
      const wanted = new Set(expectation.alerts.map(({ rule }) => rule));
      const came = [...new Set(raised.map(({ alert }) => alert.rule))].filter((rule) => wanted.has(rule));
      return { items: came.length < 2 ? [] : [orderItem(came)], took: [] };
    }
    case 'no other alerts':
      return { items: [place], took: [] };
    case 'no alert':
      return { items: [], took: [] };
  }
}

/** The item with another count; undefined where it has bounds, which say something that a count would not. */
function withCount(place: ItemPlace, count: number): ItemPlace | undefined {
  if (place.node.kind !== 'mapping') return undefined;
  const { node } = place;
  const given = COUNTS.filter((key) => valueOf(node, key) !== undefined);
  if (given.length > 1 || given[0] === 'at least' || given[0] === 'at most') return undefined;
  const [key] = given;
  const value = key && valueOf(node, key);
  if (value !== undefined) return replacedIn(place, value, String(count));
  const [first, ...rest] = place.text.split('\n') as [string, ...string[]];
  const isFlow = spanOf(node).source.text[spanOf(node).start] === '{';
  if (isFlow) return undefined;
  return { ...place, text: [first, `${' '.repeat(place.column + 2)}times: ${count}`, ...rest].join('\n') };
}

function replacedIn(place: ItemPlace, value: Node, by: string): ItemPlace {
  const { start, end } = spanOf(value);
  const { text, start: from } = place;
  return { ...place, text: text.slice(0, start - from) + by + text.slice(end - from) };
}
