import type { Leaf } from '../compare/condition.ts';
import type { Moment } from '../state/moment.ts';
import type { Outline, OutlineNode } from './outline.ts';

/** No verdict yet. */
const OPEN = 2;

/** The verdicts of all parts of one condition at one moment. One object serves one moment after the other. */
export class Verdicts {
  readonly outline: Outline;
  /** 1 where a part holds, by number of its node. */
  readonly holds: Uint8Array;
  /** 1 where a check holds, by its number. */
  readonly checkHolds: Uint8Array;

  constructor(outline: Outline) {
    this.outline = outline;
    this.holds = new Uint8Array(outline.nodes.length);
    this.checkHolds = new Uint8Array(outline.checkCount);
  }

  /** The verdict of the whole. */
  get whole(): boolean {
    return this.holds[this.outline.root] === 1;
  }

  /** Decides every check, each by the function that the matcher calls too, and then everything above. */
  decide(moment: Moment): void {
    if (this.outline.inOrder) return this.#decideInOrder(moment);
    this.checkHolds.fill(OPEN);
    const { holds, checkHolds } = this;
    this.outline.nodes.forEach((node, i) => {
      const { leaf, checkNumber } = node;
      if (leaf === undefined) {
        holds[i] = this.#above(node);
        return;
      }
      if (checkHolds[checkNumber] === OPEN) checkHolds[checkNumber] = leaf.decide(moment) ? 1 : 0;
      holds[i] = checkHolds[checkNumber] as number;
    });
  }

  /** Decides everything above the checks, whose verdicts were set in `checkHolds`. */
  settle(): void {
    this.outline.nodes.forEach((node, i) => {
      this.holds[i] = node.leaf === undefined ? this.#above(node) : (this.checkHolds[node.checkNumber] as number);
    });
  }

  /**
   * Decides the checks that Falco reaches, in its order, and those whose reading changes nothing. The others count as
   * not holding, which decides nothing: a part before them did.
   */
  #decideInOrder(moment: Moment): void {
    const { nodes, root } = this.outline;
    this.holds.fill(OPEN);
    const open: { readonly number: number; next: number }[] = [{ number: root, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const node = nodes[top.number] as OutlineNode;
      const last = top.next === 0 ? OPEN : (this.holds[node.children[top.next - 1] as number] as number);
      const isDecided = (node.kind === 'and' && last === 0) || (node.kind === 'or' && last === 1);
      const child = isDecided ? undefined : node.children[top.next];
      if (child !== undefined) {
        top.next++;
        open.push({ number: child, next: 0 });
        continue;
      }
      open.pop();
      this.holds[top.number] = node.leaf === undefined ? this.#above(node) : decided(node.leaf, moment);
    }
    nodes.forEach((node, i) => {
      if (node.leaf === undefined) this.holds[i] = this.#above(node);
      else if (this.holds[i] === OPEN) this.holds[i] = node.leaf.inOrder ? 0 : decided(node.leaf, moment);
      if (node.leaf !== undefined) this.checkHolds[node.checkNumber] = this.holds[i] as number;
    });
  }

  #above({ kind, children }: OutlineNode): number {
    const { holds } = this;
    if (kind === 'not') return holds[children[0] as number] === 0 ? 1 : 0;
    if (kind === 'macro') return holds[children[0] as number] as number;
    const deciding = kind === 'and' ? 0 : 1;
    for (const child of children) if (holds[child] === deciding) return deciding;
    return 1 - deciding;
  }
}

function decided(leaf: Leaf, moment: Moment): number {
  return leaf.decide(moment) ? 1 : 0;
}
