import type { Condition, Leaf } from '../compare/condition.ts';
import type { Moment } from '../state/moment.ts';

/** A condition with parts. */
type Parts = Exclude<Condition, Leaf>;

/** A part of a condition that is being decided, and its next part. */
interface Open {
  readonly condition: Parts;
  next: number;
}

/** True when some leaf must be decided in the order of the condition; needs no call per level. */
export function needsOrder(root: Condition): boolean {
  const seen = new Set<Condition>();
  const stack: Condition[] = [root];
  for (let condition = stack.pop(); condition !== undefined; condition = stack.pop()) {
    if (condition.kind === 'leaf') {
      if (condition.inOrder) return true;
    } else if (!seen.has(condition)) {
      seen.add(condition);
      for (const part of partsOf(condition)) stack.push(part);
    }
  }
  return false;
}

/** The leaves of a condition, those that come from one macro once. */
export function leavesOf(root: Condition): Leaf[] {
  const leaves: Leaf[] = [];
  const seen = new Set<Condition>([root]);
  for (const condition of seen) {
    if (condition.kind === 'leaf') leaves.push(condition);
    else for (const part of partsOf(condition)) seen.add(part);
  }
  return leaves;
}

/** A whole condition as one leaf, decided from left to right and no further than needed, as Falco does it. */
export function leafInOrder(condition: Condition, number: number): Leaf {
  const first = anyLeaf(condition);
  return {
    ...first,
    key: `in order ${number}`,
    subject: 'event',
    eventTypes: undefined,
    variesOn: undefined,
    column: undefined,
    decide: (moment) => decideInOrder(condition, moment),
  };
}

function anyLeaf(root: Condition): Leaf {
  let condition = root;
  while (condition.kind !== 'leaf') condition = partsOf(condition).find((part) => needsOrder(part)) as Condition;
  return condition;
}

function decideInOrder(root: Condition, moment: Moment): boolean {
  const open: Open[] = [];
  let condition: Condition = root;
  for (;;) {
    let verdict: boolean | undefined;
    if (condition.kind === 'leaf') verdict = condition.decide(moment);
    else open.push({ condition, next: 0 });
    for (;;) {
      const top = open.at(-1);
      if (top === undefined) return verdict as boolean;
      if (verdict !== undefined && top.condition.kind === 'not') {
        verdict = !verdict;
        open.pop();
        continue;
      }
      const isDecided = verdict !== undefined && verdict === (top.condition.kind === 'or');
      const part: Condition | undefined = isDecided ? undefined : partsOf(top.condition)[top.next++];
      if (part !== undefined) {
        condition = part;
        break;
      }
      verdict = isDecided ? verdict : top.condition.kind === 'and';
      open.pop();
    }
  }
}

function partsOf(condition: Parts): readonly Condition[] {
  return condition.kind === 'not' ? [condition.child] : condition.children;
}
