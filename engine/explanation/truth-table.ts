import type { Expression } from '../filter/ast.ts';
import { ConditionSpan } from '../filter/condition-span.ts';
import type { Piece, Place } from '../filter/condition-text.ts';
import { toUnicode } from '../model/byte-string.ts';
import { MAX_TRUTH_ROWS } from '../model/limits.ts';
import type { Span } from '../model/source.ts';
import type { LoadedMacro, Rule } from '../rules/rule-set.ts';
import type { Moment } from '../state/moment.ts';
import { deciders, decidingCounts } from './decisive.ts';
import { explainCheck, type ExplainedCheck, type Shown } from './explained-check.ts';
import type { OutlineNode } from './outline.ts';
import { visible, visibleText } from './visible-text.ts';
import type { Verdicts } from './verdicts.ts';

/** One part of a condition in a truth table. Rows are in the order in which the condition is written, parts after what they are in. */
export interface TruthRow {
  /** 0 is the whole; a row's parts are the rows after it that are one deeper. */
  readonly depth: number;
  /** An exception is the `not (...)` that it adds to the condition; a macro holds when its one part does. */
  readonly kind: 'and' | 'or' | 'not' | 'macro' | 'exception' | 'check';
  /** Of a macro or an exception. */
  readonly name: string | undefined;
  readonly holds: boolean;
  /** It belongs to a least set of parts that by themselves make the whole say what it says. */
  readonly decisive: boolean;
  /** Falco, which stops at the first part that decides, comes to it. */
  readonly reached: boolean;
  /** Of a macro where it is defined, of anything else where it is written. */
  readonly span: Span | undefined;
  /** Of a check. */
  readonly check: ExplainedCheck | undefined;
}

/** All rows, and how many there would be without the limit. */
export interface TruthTable {
  readonly rows: readonly TruthRow[];
  readonly rowCount: number;
}

/** Names of what a rule's condition is made of. */
export interface Origins {
  readonly macros: ReadonlyMap<string, LoadedMacro>;
  readonly exceptions: Rule['exceptions'];
}

interface Due {
  readonly number: number;
  readonly depth: number;
  readonly decisive: boolean;
  readonly reached: boolean;
}

/**
 * The truth table of a condition whose verdicts at the moment are known.
 *
 * @param most how many rows it has at most
 */
export function truthTable(
  verdicts: Verdicts,
  moment: Moment,
  origins: Origins,
  shown: Shown,
  most = MAX_TRUTH_ROWS,
): TruthTable {
  const { outline, holds } = verdicts;
  const counts = decidingCounts(verdicts);
  const exceptions = new Map<Piece['origin'], string>(origins.exceptions.map(({ name, place }) => [place, name]));
  const checks = new Map<number, ExplainedCheck>();
  const rows: TruthRow[] = [];
  const stack: Due[] = [{ number: outline.root, depth: 0, decisive: true, reached: true }];
  for (let due = stack.pop(); due !== undefined && rows.length < most; due = stack.pop()) {
    const node = outline.nodes[due.number] as OutlineNode;
    const verdict = holds[due.number] === 1;
    let check: ExplainedCheck | undefined;
    if (node.leaf !== undefined) {
      check = checks.get(due.number) ?? explainCheck(node.leaf, moment, verdict, shown);
      checks.set(due.number, check);
    }
    rows.push({
      depth: due.depth,
      ...rowHead(node, origins.macros, exceptions),
      holds: verdict,
      decisive: due.decisive,
      reached: due.reached,
      check,
    });
    for (const part of partsOf(node, due, verdict, holds, counts).reverse()) stack.push(part);
  }
  return { rows, rowCount: rowCount(outline.nodes) };
}

function partsOf(node: OutlineNode, due: Due, verdict: boolean, holds: Uint8Array, counts: Float64Array): Due[] {
  const deciding = new Set(due.decisive ? deciders(node, verdict, holds, counts) : []);
  let reached = due.reached;
  return node.children.map((number) => {
    const part = { number, depth: due.depth + 1, decisive: deciding.has(number), reached };
    if ((node.kind === 'and' && holds[number] === 0) || (node.kind === 'or' && holds[number] === 1)) reached = false;
    return part;
  });
}

function rowHead(
  { kind, leaf, written }: OutlineNode,
  macros: ReadonlyMap<string, LoadedMacro>,
  exceptions: ReadonlyMap<Piece['origin'], string>,
): Pick<TruthRow, 'kind' | 'name' | 'span'> {
  if (leaf !== undefined) return { kind: 'check', name: undefined, span: leaf.check.span };
  if (written?.kind === 'macro') {
    const name = toUnicode(written.name);
    return { kind: 'macro', name: visible(written.name), span: macros.get(name)?.span };
  }
  const exception = kind === 'not' ? exceptions.get(originOf(written) as Place) : undefined;
  if (exception !== undefined) return { kind: 'exception', name: visibleText(exception), span: written?.span };
  return { kind: kind as TruthRow['kind'], name: undefined, span: written?.span };
}

/** What the text at the beginning of a part came from. */
function originOf(written: Expression | undefined): Piece['origin'] | undefined {
  const span = written?.span;
  return span instanceof ConditionSpan ? span.text.pieces[span.text.pieceAt(span.from)]?.origin : undefined;
}

/** Rows of the whole, what a macro brings counted wherever it is used. */
function rowCount(nodes: readonly OutlineNode[]): number {
  const counts = new Float64Array(nodes.length);
  nodes.forEach(({ children }, i) => {
    counts[i] = children.reduce((sum, child) => sum + (counts[child] as number), 1);
  });
  return counts.at(-1) ?? 0;
}
