import { spanOf, valueOf, type Node } from '../../document/node.ts';
import type { Verdict } from '../judge.ts';
import { misfits, type Raised, type Scene } from '../raised.ts';
import type { ItemPlace } from './list-edit.ts';
import { alertItems, indented, orderText } from './item-text.ts';

/** What came, for an item that is written anew. */
interface Came {
  readonly raised: readonly Raised[];
  /** Alerts of which no item that stays speaks. */
  readonly left: readonly Raised[];
  readonly scene: Scene;
}

/** The text that takes the place of an expectation that is not met, and the alerts that it speaks of. */
interface Replaced {
  /** Empty when nothing takes its place. */
  readonly text: string;
  readonly took: readonly Raised[];
}

const COUNTS = ['exactly', 'times', 'at least', 'at most'] as const;

/** Writes what came in the place of an expectation that is not met. */
export function replacedItem({ expectation }: Verdict, place: ItemPlace, { raised, left, scene }: Came): Replaced {
  const { column, text } = place;
  switch (expectation.kind) {
    case 'alert': {
      const fitting = raised.filter((one) => misfits(expectation, one, scene).length === 0);
      const counted = fitting.length === 0 ? undefined : withCount(place, fitting.length);
      if (counted !== undefined) return { text: counted, took: fitting };
      const ofRule = left.filter(({ alert }) => alert.rule === expectation.rule);
      return { text: block(alertItems(ofRule.map(({ alert }) => alert)), column), took: ofRule };
    }
    case 'alerts': {
      const value = place.node.kind === 'mapping' ? valueOf(place.node, 'alerts') : undefined;
      return { text: value === undefined ? '' : replacedIn(place, value, String(raised.length)), took: [] };
    }
    case 'in order': {
      const wanted = new Set(expectation.alerts.map(({ rule }) => rule));
      const came = [...new Set(raised.map(({ alert }) => alert.rule))].filter((rule) => wanted.has(rule));
      return { text: came.length < 2 ? '' : indented(orderText(came), column), took: [] };
    }
    case 'no other alerts':
      return { text, took: [] };
    case 'no alert':
      return { text: '', took: [] };
  }
}

function block(items: readonly string[], column: number): string {
  return indented(items.join('\n'), column);
}

/** The item with another count; undefined where it has bounds, which say something that a count would not. */
function withCount(place: ItemPlace, count: number): string | undefined {
  if (place.node.kind !== 'mapping') return undefined;
  const { node } = place;
  const given = COUNTS.filter((key) => valueOf(node, key) !== undefined);
  if (given.length > 1 || given[0] === 'at least' || given[0] === 'at most') return undefined;
  const [key] = given;
  const value = key && valueOf(node, key);
  if (value !== undefined) return replacedIn(place, value, String(count));
  const [first, ...rest] = place.text.split('\n') as [string, ...string[]];
  const isFlow = spanOf(node).source.text[spanOf(node).start] === '{';
  return isFlow ? undefined : [first, `${' '.repeat(place.column + 2)}times: ${count}`, ...rest].join('\n');
}

function replacedIn({ text, node }: ItemPlace, value: Node, by: string): string {
  const { start, end, source } = spanOf(value);
  const from = source.text.lastIndexOf('\n', spanOf(node).start - 1) + 1;
  return text.slice(0, start - from) + by + text.slice(end - from);
}
