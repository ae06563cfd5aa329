import type { Expression, MacroReference } from '../filter/ast.ts';
import { eachLeaf, fold } from '../filter/fold.ts';
import type { ByteString } from '../model/byte-string.ts';

/** A macro whose condition was read. */
export interface Macro {
  readonly name: ByteString;
  /** Order of first definition. */
  readonly index: number;
  /** As written: macros in it are references. */
  readonly written: Expression;
  readonly references: readonly MacroReference[];
  /** With all macros in place; undefined until it is resolved. */
  resolved: Expression | undefined;
  used: boolean;
}

/** Why a macro can't be put into a condition. */
export interface MacroProblem {
  readonly reference: MacroReference;
  readonly kind: 'undefined' | 'loop';
}

/** Reads what macros an expression refers to, in the order in which they are written. */
export function macroReferences(expression: Expression): MacroReference[] {
  const references: MacroReference[] = [];
  eachLeaf(expression, (leaf) => {
    if (leaf.kind === 'macro') references.push(leaf);
  });
  return references;
}

/**
 * Puts the conditions of macros where their names stand. Trees are shared, never copied: a macro that is used a
 * thousand times is there once. `visible` tells which macros can be seen.
 */
export class MacroResolution {
  readonly #macros: ReadonlyMap<ByteString, Macro>;
  readonly #visible: (macro: Macro) => boolean;
  /** Conditions of macros that were resolved for this expression only, since they are not yet themselves. */
  readonly #resolved = new Map<Macro, Expression>();
  readonly #used = new Set<Macro>();

  constructor(macros: ReadonlyMap<ByteString, Macro>, visible: (macro: Macro) => boolean) {
    this.#macros = macros;
    this.#visible = visible;
  }

  /** The expression with all macros in place, or the problem that Falco reports: a loop rather than an unknown name. */
  resolve(written: Expression, references: readonly MacroReference[]): Expression | MacroProblem {
    if (references.length === 0) return written;
    const problem = this.#visit(references);
    if (problem !== undefined) return problem;
    for (const macro of this.#used) macro.used = true;
    return this.#replace(written);
  }

  /** Visits every macro that is reached, each before those that use it, and resolves it. */
  #visit(references: readonly MacroReference[]): MacroProblem | undefined {
    let unknown: MacroProblem | undefined;
    const path: { macro: Macro | undefined; references: readonly MacroReference[]; next: number }[] = [
      { macro: undefined, references, next: 0 },
    ];
    const open = new Set<Macro>();
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const reference = top.references[top.next++];
      if (reference === undefined) {
        path.pop();
        if (top.macro === undefined) continue;
        open.delete(top.macro);
        if (unknown === undefined) this.#resolved.set(top.macro, this.#replace(top.macro.written));
        continue;
      }
      const macro = this.#macros.get(reference.name);
      if (macro === undefined || !this.#visible(macro)) unknown ??= { reference, kind: 'undefined' };
      else if (open.has(macro)) return { reference, kind: 'loop' };
      else if (!this.#used.has(macro)) {
        this.#used.add(macro);
        if (macro.resolved !== undefined) continue;
        open.add(macro);
        path.push({ macro, references: macro.references, next: 0 });
      }
    }
    return unknown;
  }

  #replace(written: Expression): Expression {
    return fold<Expression>(written, {
      check: (check) => check,
      macro: ({ name }) => {
        const macro = this.#macros.get(name) as Macro;
        return macro.resolved ?? (this.#resolved.get(macro) as Expression);
      },
      not: (child, node) => (child === node.child ? node : { ...node, child }),
      and: (children, node) => (same(children, node.children) ? node : { ...node, children }),
      or: (children, node) => (same(children, node.children) ? node : { ...node, children }),
    });
  }
}

function same(a: readonly Expression[], b: readonly Expression[]): boolean {
  return a.every((child, index) => child === b[index]);
}
