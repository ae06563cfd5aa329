import type { Condition, Leaf } from '../compare/condition.ts';
import type { Expression } from '../filter/ast.ts';
import { toUnicode } from '../model/byte-string.ts';
import { needsOrder } from '../plan/in-order.ts';
import type { LoadedMacro } from '../rules/rule-set.ts';

/** A part of a condition, children before parents. A macro holds exactly when its one child does. */
export interface OutlineNode {
  readonly kind: 'and' | 'or' | 'not' | 'macro' | 'leaf';
  /** Numbers of its parts; none for a leaf. */
  readonly children: readonly number[];
  readonly leaf: Leaf | undefined;
  /** Which check a leaf is: those that are written alike share a number. -1 for other nodes. */
  readonly checkNumber: number;
  /** The part as it is written; undefined for a condition that no text stands behind. */
  readonly written: Expression | undefined;
}

/** A condition to be laid out. */
export interface OutlinedCondition {
  readonly condition: Condition;
  /** The same with macros as references. */
  readonly written?: Expression;
}

/**
 * A condition laid out flat with its macros by name: what the explanation of every moment works on. What a macro brings
 * is there once, however often it is used, so that the work at a moment is bounded by what is written. Only a condition
 * that must be decided in order has each part where it stands.
 */
export class Outline {
  /** Children before parents; the last one is the whole. */
  readonly nodes: readonly OutlineNode[];
  /** How many different checks there are. */
  readonly checkCount: number;
  /** Leaves must be decided in the order of the condition, and none that Falco would not reach. */
  readonly inOrder: boolean;

  constructor(nodes: readonly OutlineNode[], checkCount: number, inOrder: boolean) {
    this.nodes = nodes;
    this.checkCount = checkCount;
    this.inOrder = inOrder;
  }

  get root(): number {
    return this.nodes.length - 1;
  }
}

/** A node whose parts are being laid out. */
interface Open {
  readonly kind: Exclude<OutlineNode['kind'], 'leaf'>;
  readonly written: Expression | undefined;
  readonly parts: readonly OutlinedCondition[];
  readonly children: number[];
  readonly key: object;
}

/** Lays a condition out. It needs no call per level: a condition may be thousands of levels deep. */
export function outlineOf(whole: OutlinedCondition, macros: ReadonlyMap<string, LoadedMacro> = new Map()): Outline {
  const inOrder = needsOrder(whole.condition);
  const nodes: OutlineNode[] = [];
  const known = new Map<object, number>();
  const checks = new Map<string, number>();
  const open: Open[] = [];
  const add = (node: OutlineNode, key: object): number => {
    const number = nodes.push(node) - 1;
    if (!inOrder) known.set(key, number);
    return number;
  };
  let part: OutlinedCondition = whole;
  for (;;) {
    const key = part.written ?? part.condition;
    let done = known.get(key);
    if (done === undefined) {
      const opened = openPart(part, macros, key);
      if (opened !== undefined && opened.parts.length > 0) {
        open.push(opened);
        part = opened.parts[0] as OutlinedCondition;
        continue;
      }
      done = add(opened === undefined ? leafNode(part, checks) : nodeOf(opened), key);
    }
    for (;;) {
      const top = open.at(-1);
      if (top === undefined) return new Outline(nodes, checks.size, inOrder);
      top.children.push(done);
      if (top.children.length < top.parts.length) {
        part = top.parts[top.children.length] as OutlinedCondition;
        break;
      }
      open.pop();
      done = add(nodeOf(top), top.key);
    }
  }
}

/** What is below a part, or undefined for a leaf. */
function openPart(
  { condition, written }: OutlinedCondition,
  macros: ReadonlyMap<string, LoadedMacro>,
  key: object,
): Open | undefined {
  if (written?.kind === 'macro') {
    const body = macros.get(toUnicode(written.name))?.written;
    const part = body === undefined ? { condition } : { condition, written: body };
    return { kind: 'macro', written, parts: [part], children: [], key };
  }
  if (condition.kind === 'leaf') return undefined;
  const conditions = condition.kind === 'not' ? [condition.child] : condition.children;
  const texts = written === undefined || written.kind === 'check' ? [] : partsOf(written);
  const parts = conditions.map((child, i): OutlinedCondition => {
    const text = texts[i];
    return text === undefined ? { condition: child } : { condition: child, written: text };
  });
  return { kind: condition.kind, written, parts, children: [], key };
}

function partsOf(written: Exclude<Expression, { kind: 'check' | 'macro' }>): readonly Expression[] {
  return written.kind === 'not' ? [written.child] : written.children;
}

function nodeOf({ kind, children, written }: Open): OutlineNode {
  return { kind, children, leaf: undefined, checkNumber: -1, written };
}

function leafNode({ condition, written }: OutlinedCondition, checks: Map<string, number>): OutlineNode {
  const leaf = condition as Leaf;
  let checkNumber = checks.get(leaf.key);
  if (checkNumber === undefined) checks.set(leaf.key, (checkNumber = checks.size));
  return { kind: 'leaf', children: [], leaf, checkNumber, written };
}
