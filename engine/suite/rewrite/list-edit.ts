import { spanOf, type Node } from '../../document/node.ts';
import type { Verdict } from '../judge.ts';
import { misfits, type Raised, type Scene } from '../raised.ts';
import type { Edit } from './edit.ts';
import { alertItems, indented, NO_OTHERS, type Item } from './item-text.ts';
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
export function newList({ node, verdicts, raised, scene }: JudgedList): readonly Written[] | undefined {
  if (verdicts.every(({ isMet }) => isMet)) return undefined;
  const items = node?.kind === 'sequence' ? node.items : [];
  if (node === undefined || items.length === 0) return [...alertItems(raised.map(({ alert }) => alert)), NO_OTHERS];
  const places = itemPlaces(node, items);
  const left = uncovered(verdicts, raised, scene);
  const told = new Set<Raised>();
  const parts = verdicts.map((verdict, index): readonly Written[] => {
    const place = places[index] as ItemPlace;
    if (verdict.isMet) return [place];
    const { items: instead, took } = replacedItem(verdict, place, { raised, left, scene });
    for (const one of took) told.add(one);
    return instead;
  });
  const rest = alertItems(left.filter((one) => !told.has(one)).map(({ alert }) => alert));
  // What is new stands before what speaks of all alerts.
  const at = verdicts.findIndex(({ expectation: { kind } }) => kind === 'no other alerts' || kind === 'alerts');
  const written = parts.flatMap((part, index): readonly Written[] => {
    const gap = { gap: (places[index] as ItemPlace).gap };
    return index === at ? [gap, ...rest, ...part] : [gap, ...part];
  });
  return at === -1 ? [...written, ...rest] : written;
}

/** A part of a list that is written: an item as it stands, a new one, or comments and blank lines. */
export type Written = Item | ItemPlace | { readonly gap: readonly string[] };

/** Where an item stands, and what is written there. */
export interface ItemPlace {
  readonly node: Node;
  /** Its whole lines; in a list between brackets only itself. */
  readonly text: string;
  /** Where that begins in the file. */
  readonly start: number;
  /** Comments and blank lines before it. */
  readonly gap: readonly string[];
  /** Columns before its dash. */
  readonly column: number;
}

function itemPlaces(list: Node, items: readonly Node[]): ItemPlace[] {
  const { source, start: listStart } = spanOf(list);
  const { text } = source;
  if (text[listStart] === '[') {
    return items.map((node) => {
      const { start, end } = spanOf(node);
      return { node, text: text.slice(start, end).trimEnd(), start, gap: [], column: 0 };
    });
  }
  let at = text.lastIndexOf('\n', listStart - 1) + 1;
  return items.map((node) => {
    const { start } = spanOf(node);
    const from = Math.max(at, text.lastIndexOf('\n', start - 1) + 1);
    const newline = text.indexOf('\n', lastCharacter(node));
    const until = newline === -1 ? text.length : newline;
    const gap = text.slice(at, from).split('\n').slice(0, -1);
    at = until + 1;
    const whole = text.slice(from, until);
    return { node, text: whole, start: from, gap, column: whole.length - whole.trimStart().length };
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

/**
 * The edit that puts a new list in the place of the node.
 *
 * @param inFlow the node is within brackets, where only brackets may follow
 */
export function listEdit(node: Node, parts: readonly Written[], inFlow: boolean): Edit {
  const { source, start } = spanOf(node);
  const hasLines = node.kind === 'sequence' && node.items.length > 0 && source.text[start] !== '[';
  if (hasLines) {
    const newline = source.text.indexOf('\n', lastCharacter(node));
    const end = newline === -1 ? source.text.length : newline;
    const { column } = source.position(start);
    return { source, start, end, text: blockText(parts, column, (text) => text).slice(column) };
  }
  const end = node.kind === 'sequence' ? spanOf(node).end : Math.max(start, lastCharacter(node));
  if (inFlow) return { source, start, end, text: flowText(parts) };
  // `expect: []` becomes a list on lines of its own, two columns within its key.
  const line = source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start);
  const column = (/^[\s-]*/.exec(line)?.[0].length ?? 0) + 2;
  const blanks = /[ \t]*$/.exec(line)?.[0].length ?? 0;
  const text = blockText(parts, column, (item) => indented(`- ${item}`, column));
  return { source, start: start - blanks, end, text: `\n${text}` };
}

function blockText(parts: readonly Written[], column: number, kept: (text: string) => string): string {
  const lines = parts.flatMap((part) => {
    if ('gap' in part && !('node' in part)) return part.gap;
    return 'node' in part ? [kept(part.text)] : [indented(part.block, column)];
  });
  return lines.length === 0 ? indented('[]', column) : lines.join('\n');
}

function flowText(parts: readonly Written[]): string {
  const items = parts.flatMap((part) => {
    if ('node' in part) return [part.text];
    return 'flow' in part ? [part.flow] : [];
  });
  return `[${items.join(', ')}]`;
}
