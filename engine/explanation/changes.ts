import type { Leaf } from '../compare/condition.ts';
import type { OutlineNode } from './outline.ts';
import type { Verdicts } from './verdicts.ts';

/** More changes than any condition has checks: it can't be. */
const NEVER = 2 ** 30;
/** With more changes than this nobody asks whether one could be left out. */
const MOST_REVIEWED = 64;
/** Checks that would do alike are counted so far. */
const MOST_ALTERNATIVES = 1_000;
/** How often the choice of changes is mended where one of them undoes another. */
const MOST_ROUNDS = 4;

/**
 * Finds the checks whose verdicts would have to be others for the condition to say the opposite, as few as can be. What
 * the event type alone decides can't be another on the same event. Where no check is written twice the result is the
 * least possible; otherwise it is one that works and of which none can be left out.
 */
export class Changes {
  readonly #verdicts: Verdicts;
  readonly #scratch: Verdicts;
  /** By node: how many checks must change so that it says the opposite. */
  readonly #cost: Int32Array;
  readonly #isRepeating: boolean;
  /** By node: a check that asks what the event is. */
  readonly #isNaming: readonly boolean[];
  /** The changes were mended, so that nothing is known of others that would do. */
  #isMended = false;

  constructor(verdicts: Verdicts, scratch: Verdicts) {
    this.#verdicts = verdicts;
    this.#scratch = scratch;
    const { nodes, checkCount } = verdicts.outline;
    this.#cost = new Int32Array(nodes.length);
    this.#isRepeating = uses(nodes) !== checkCount;
    this.#isNaming = nodes.map(({ leaf }) => leaf !== undefined && NAMING.test(leaf.field.name));
  }

  /**
   * Numbers of the checks to change at the moment that the verdicts are about, in the order of the condition; undefined
   * where none would do, or where more than `most` would have to.
   *
   * @param code type of the event
   */
  least(code: number, most = NEVER - 1): readonly number[] | undefined {
    const { outline } = this.#verdicts;
    const changed = new Set<number>();
    this.#weigh(this.#verdicts, code, changed);
    if ((this.#cost[outline.root] as number) > (this.#isRepeating ? NEVER - 1 : Math.min(most, NEVER - 1)))
      return undefined;
    this.#collect(this.#verdicts, changed);
    this.#isMended = false;
    if (this.#isRepeating && !this.#mend(code, changed)) return undefined;
    return changed.size > most ? undefined : [...changed].sort((a, b) => a - b);
  }

  /** After `least`: how many other checks would do in the place of one of the changes, by its number. */
  alternatives(): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    if (this.#isMended) return found;
    const { outline, holds } = this.#verdicts;
    const changed = new Set<number>();
    this.#collect(this.#verdicts, changed);
    const stack = [outline.root];
    for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
      const node = outline.nodes[number] as OutlineNode;
      if (this.#cost[number] === 1) this.#countAlternatives(number, changed, found);
      else for (const child of this.#turned(number, node, holds)) stack.push(child);
    }
    return found;
  }

  /** Counts the checks that turn a part which one change turns. */
  #countAlternatives(part: number, changed: ReadonlySet<number>, found: Map<number, number>): void {
    const { outline, holds } = this.#verdicts;
    const candidates = new Set<number>();
    const seen = new Set([part]);
    for (const number of seen) {
      if (candidates.size > (this.#isRepeating ? MOST_REVIEWED : MOST_ALTERNATIVES)) break;
      const { kind, children, checkNumber } = outline.nodes[number] as OutlineNode;
      if (kind === 'leaf') candidates.add(checkNumber);
      const isOneEnough = (kind === 'and') === (holds[number] === 1);
      for (const child of children) {
        const matters = kind === 'not' || kind === 'macro' || isOneEnough || holds[child] === (kind === 'and' ? 0 : 1);
        if (matters && this.#cost[child] === 1) seen.add(child);
      }
    }
    const told = [...candidates].find((check) => changed.has(check));
    if (told === undefined) return;
    const others = [...candidates].filter((check) => !changed.has(check));
    const would = this.#isRepeating ? others.filter((check) => this.#worksInPlace(check, told, changed)) : others;
    if (would.length > 0) found.set(told, would.length);
  }

  #worksInPlace(check: number, told: number, changed: ReadonlySet<number>): boolean {
    const instead = new Set(changed).add(check);
    instead.delete(told);
    return this.#works(instead);
  }

  #weigh(verdicts: Verdicts, code: number, frozen: ReadonlySet<number>): void {
    const cost = this.#cost;
    const { holds, outline } = verdicts;
    outline.nodes.forEach((node, i) => {
      const { kind, children, leaf, checkNumber } = node;
      if (leaf !== undefined) {
        cost[i] =
          frozen.has(checkNumber) || isFixed(leaf, this.#isNaming[i] as boolean, code, holds[i] === 1) ? NEVER : 1;
      } else if (kind === 'not' || kind === 'macro') cost[i] = cost[children[0] as number] as number;
      else if ((kind === 'and') === (holds[i] === 1)) cost[i] = this.#cheapest(children);
      else cost[i] = this.#sum(children, holds, kind === 'and' ? 0 : 1);
    });
  }

  #cheapest(children: readonly number[]): number {
    let least = NEVER;
    for (const child of children) least = Math.min(least, this.#cost[child] as number);
    return least;
  }

  #sum(children: readonly number[], holds: Uint8Array, wrong: number): number {
    let sum = 0;
    for (const child of children)
      if (holds[child] === wrong) sum = Math.min(NEVER, sum + (this.#cost[child] as number));
    return sum;
  }

  #collect({ holds, outline }: Verdicts, into: Set<number>): void {
    const stack = [outline.root];
    for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
      const node = outline.nodes[number] as OutlineNode;
      if (node.leaf !== undefined) into.add(node.checkNumber);
      for (const child of this.#turned(number, node, holds)) stack.push(child);
    }
  }

  /** The parts to turn so that a part turns: the cheapest one where one is enough, else all that are wrong. */
  #turned(number: number, { kind, children }: OutlineNode, holds: Uint8Array): readonly number[] {
    if (kind === 'not' || kind === 'macro' || kind === 'leaf') return children;
    if ((kind === 'and') !== (holds[number] === 1)) {
      const wrong = kind === 'and' ? 0 : 1;
      return children.filter((child) => holds[child] === wrong);
    }
    const least = this.#cost[number];
    const cheapest = children.find((child) => this.#cost[child] === least);
    return cheapest === undefined ? [] : [cheapest];
  }

  /** Adds changes until they work, then leaves out those that aren't needed; false where they never work. */
  #mend(code: number, changed: Set<number>): boolean {
    for (let round = 0; !this.#works(changed); round++) {
      if (round === MOST_ROUNDS) return false;
      this.#isMended = true;
      this.#weigh(this.#scratch, code, changed);
      if ((this.#cost[this.#scratch.outline.root] as number) >= NEVER) return false;
      this.#collect(this.#scratch, changed);
    }
    if (changed.size > MOST_REVIEWED) return true;
    for (const one of Array.from(changed)) {
      changed.delete(one);
      if (this.#works(changed)) this.#isMended = true;
      else changed.add(one);
    }
    return true;
  }

  #works(changed: ReadonlySet<number>): boolean {
    const { checkHolds, whole } = this.#verdicts;
    this.#scratch.checkHolds.set(checkHolds);
    for (const number of changed) this.#scratch.checkHolds[number] = 1 - (checkHolds[number] as number);
    this.#scratch.settle();
    return this.#scratch.whole !== whole;
  }
}

/** How often checks stand in the condition; a macro that is used twice brings its own twice. */
function uses(nodes: readonly OutlineNode[]): number {
  const times = new Float64Array(nodes.length);
  times[nodes.length - 1] = 1;
  let sum = 0;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { children, leaf } = nodes[i] as OutlineNode;
    if (leaf !== undefined) sum += times[i] as number;
    for (const child of children) times[child] = (times[child] as number) + (times[i] as number);
  }
  return sum;
}

/** Fields that say what an event is; on an event of another name, all would be different. */
const NAMING = /\b(?:evt\.(?:type|category|dir|source|is_async|asynctype)|syscall\.type)\b/;

/** True where no event of this type could make the check say the opposite, or where it would be another kind of event. */
function isFixed({ subject, eventTypes, variesOn }: Leaf, isNaming: boolean, code: number, holds: boolean): boolean {
  if (!holds && eventTypes?.has(code) === false) return true;
  return subject === 'type' && (isNaming || variesOn?.has(code) !== true);
}
