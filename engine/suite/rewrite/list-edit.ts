import { spanOf, type Node } from '../../document/node.ts';
import type { Verdict } from '../judge.ts';
import { misfits, type Raised, type Scene } from '../raised.ts';
import type { Edit } from './edit.ts';
import { alertItems, indented } from './item-text.ts';
import { replacedItem } from './replaced-item.ts';

/** A list of expectations in a file, and what came of it. */
export interface JudgedList {
  /** The node of `expect`; undefined when there is none yet. */
  readonly node: Node | undefined;
  readonly verdicts: readonly Verdict[];
  readonly raised: readonly Raised[];
  readonly scene: Scene;
}

/**
 * The list written anew: expectations that are met stay as they are written, with the comments around; others become what
 * came. Undefined when all are met.
 */
export function newList({ node, verdicts, raised, scene }: JudgedList): ((column: number) => string) | undefined {
  if (verdicts.every(({ isMet }) => isMet)) return undefined;
  const items = node?.kind === 'sequence' ? node.items : [];
  const isWritten = items.length === verdicts.length && items.length > 0;
  if (!isWritten) {
    const fresh = [...alertItems(raised.map(({ alert }) => alert)), '- no other alerts'];
    return (column) => indented(fresh.join('\n'), column).trimStart();
  }
  const places = itemPlaces(node as Node, items);
  const left = uncovered(verdicts, raised, scene);
  const written = new Set<Raised>();
  const texts = verdicts.map((verdict, index) => {
    const place = places[index] as ItemPlace;
    if (verdict.isMet) return place.text;
    const { text, took } = replacedItem(verdict, place, { raised, left, scene });
    for (const one of took) written.add(one);
    return text;
  });
  const rest = alertItems(left.filter((one) => !written.has(one)).map(({ alert }) => alert));
  // What is new stands before what speaks of all alerts.
  const at = verdicts.findIndex(({ expectation: { kind } }) => kind === 'no other alerts' || kind === 'alerts');
  const column = places[0]?.column ?? 0;
  return () => {
    const lines: string[] = [];
    texts.forEach((text, index) => {
      const { gap } = places[index] as ItemPlace;
      lines.push(...gap);
      if (index === at) lines.push(...rest.map((one) => indented(one, column)));
      if (text !== '') lines.push(text);
    });
    if (at === -1) lines.push(...rest.map((one) => indented(one, column)));
    if (lines.length === 0) lines.push(indented('[]', column));
    return lines.join('\n').slice(column);
  };
}

/** Where an item stands: its whole lines, and what is written between it and the one before. */
export interface ItemPlace {
  readonly node: Node;
  readonly text: string;
  /** Comments and blank lines before it. */
  readonly gap: readonly string[];
  /** Columns before its dash. */
  readonly column: number;
}

function itemPlaces(list: Node, items: readonly Node[]): ItemPlace[] {
  const { source, start: listStart } = spanOf(list);
  const { text } = source;
  let at = text.lastIndexOf('\n', listStart - 1) + 1;
  return items.map((node) => {
    const { start } = spanOf(node);
    const from = Math.max(at, text.lastIndexOf('\n', start - 1) + 1);
    const newline = text.indexOf('\n', lastCharacter(node));
    const until = newline === -1 ? text.length : newline;
    const gap = text.slice(at, from).split('\n').slice(0, -1);
    at = until + 1;
    const whole = text.slice(from, until);
    return { node, text: whole, gap, column: whole.length - whole.trimStart().length };
  });
}

/** Where the last text of a node ends; a mapping itself ends only where the next thing begins. */
export function lastCharacter(node: Node): number {
  let last = node;
  for (;;) {
    if (last.kind === 'mapping') {
      const pair = last.pairs.at(-1);
      if (pair === undefined) break;
      last = pair.value.kind === 'null' ? pair.key : pair.value;
    } else if (last.kind === 'sequence' && last.items.length > 0) last = last.items.at(-1) as Node;
    else break;
  }
  const { source, start, end } = spanOf(last);
  return start + source.text.slice(start, end).trimEnd().length;
}

/** Alerts of which no expectation that is met speaks. */
function uncovered(verdicts: readonly Verdict[], raised: readonly Raised[], scene: Scene): Raised[] {
  const patterns = verdicts.flatMap(({ isMet, expectation }) => {
    if (!isMet) return [];
    if (expectation.kind === 'alert') return [expectation];
    return expectation.kind === 'in order' ? expectation.alerts : [];
  });
  return raised.filter((one) => patterns.every((pattern) => misfits(pattern, one, scene).length > 0));
}

/** The edit that puts a new list in the place of the node, or at the end of a file that has none. */
export function listEdit(node: Node, write: (column: number) => string): Edit {
  const { source, start } = spanOf(node);
  const isBlock = node.kind === 'sequence' && node.items.length > 0 && source.text[start] !== '[';
  const end = Math.max(start, lastCharacter(node));
  if (isBlock) {
    const newline = source.text.indexOf('\n', end);
    return {
      source,
      start,
      end: newline === -1 ? source.text.length : newline,
      text: write(source.position(start).column),
    };
  }
  // `expect: []` becomes a list on lines of its own, two columns within its key.
  const line = source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start);
  const column = (/^[\s-]*/.exec(line)?.[0].length ?? 0) + 2;
  const blanks = /[ \t]*$/.exec(line)?.[0].length ?? 0;
  const close = node.kind === 'sequence' ? Math.max(end, spanOf(node).end) : end;
  return { source, start: start - blanks, end: close, text: `\n${' '.repeat(column)}${write(column)}` };
}
