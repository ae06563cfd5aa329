import type { Leaf } from '../compare/condition.ts';

/**
 * A node of the graph with a sign: twice its id, and one more when it is negated. `or` needs no node of its own, since
 * it is `not` over an `and` of negated parts, so that a condition and its negation share everything.
 */
export type Ref = number;

/** What always holds. */
export const TRUE: Ref = 0;
/** What never holds. */
export const FALSE: Ref = 1;

/** The same node with the other sign. */
export function not(ref: Ref): Ref {
  return ref ^ 1;
}

/** What a node is about; `mixed` when its parts are about different things. */
export type NodeSubject = Leaf['subject'] | 'mixed';

/**
 * Conditions of a whole rule set, each part of them once. A node is a leaf or a conjunction; children come before their
 * parents, so ids are a topological order.
 */
export class Graph {
  /** By node id; undefined for conjunctions and for the constant. */
  readonly leaves: (Leaf | undefined)[] = [undefined];
  /** By node id; undefined for leaves and for the constant. */
  readonly children: (readonly Ref[] | undefined)[] = [undefined];
  /** By node id. */
  readonly subjects: NodeSubject[] = ['type'];
  readonly #leafIds = new Map<string, number>();
  readonly #conjunctionIds = new Map<string, number>();

  /** How many nodes there are. */
  get size(): number {
    return this.leaves.length;
  }

  /** The node of a leaf; leaves with equal keys are one. */
  leaf(leaf: Leaf): Ref {
    const known = this.#leafIds.get(leaf.key);
    if (known !== undefined) return known * 2;
    const id = this.#add(leaf, undefined, leaf.subject);
    this.#leafIds.set(leaf.key, id);
    return id * 2;
  }

  /** The conjunction of parts, which are taken as they are, save for those that decide it or say nothing. */
  and(parts: readonly Ref[]): Ref {
    const refs = [...new Set(parts)].filter((ref) => ref !== TRUE);
    const known = new Set(refs);
    if (refs.some((ref) => ref === FALSE || known.has(not(ref)))) return FALSE;
    if (refs.length === 0) return TRUE;
    if (refs.length === 1) return refs[0] as Ref;
    refs.sort((a, b) => a - b);
    const key = refs.join();
    const id = this.#conjunctionIds.get(key);
    if (id !== undefined) return id * 2;
    const made = this.#add(undefined, refs, this.#joinSubjects(refs));
    this.#conjunctionIds.set(key, made);
    return made * 2;
  }

  /** The parts of a conjunction, conjunctions among them dissolved. */
  flatten(parts: readonly Ref[]): Ref[] {
    const flat: Ref[] = [];
    for (const part of parts) {
      const children = (part & 1) === 0 ? this.children[part >> 1] : undefined;
      if (children === undefined) flat.push(part);
      else for (const child of this.flatten(children)) flat.push(child);
    }
    return flat;
  }

  /** What a node is about. */
  subjectOf(ref: Ref): NodeSubject {
    return this.subjects[ref >> 1] as NodeSubject;
  }

  #joinSubjects(refs: readonly Ref[]): NodeSubject {
    const first = this.subjectOf(refs[0] as Ref);
    return refs.every((ref) => this.subjectOf(ref) === first) ? first : 'mixed';
  }

  #add(leaf: Leaf | undefined, children: readonly Ref[] | undefined, subject: NodeSubject): number {
    this.leaves.push(leaf);
    this.children.push(children);
    this.subjects.push(subject);
    return this.leaves.length - 1;
  }
}
