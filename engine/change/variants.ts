import type { Expression } from '../filter/ast.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { MAX_VARIANT_CHARS } from '../model/limits.ts';
import type { PlannedRule } from '../plan/plan.ts';
import type { Collected } from '../rules/items.ts';
import type { LoadOptions } from '../rules/loader.ts';
import { Recompiler } from '../rules/recompile.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import { activeRules } from '../rules/selection.ts';
import { Dependencies } from './dependencies.ts';
import type { Edits, LoadedFiles } from './edits.ts';
import { Meanings } from './meanings.ts';

/** A rule of a variant, and the number of its condition among all that were met. */
export interface VariantRule {
  readonly rule: Rule;
  readonly condition: number;
}

/** A rule set in some mixture of edits: its rules in the order in which they are tried. */
export interface Variant {
  readonly active: readonly VariantRule[];
  /** The active rules by name. */
  readonly byName: ReadonlyMap<string, VariantRule>;
}

/** A rule set that was loaded, and what it was loaded from. */
export interface LoadedRules extends LoadedFiles {
  readonly ruleSet: RuleSet;
}

/** Sets of edits whose variants are kept; a search asks for few, but often for the same. */
const MOST_KEPT = 1_000;

/** The rule sets between two rule sets, compiled when they are asked for. Equal conditions are known as equal. */
export class Variants {
  readonly from: Variant;
  readonly to: Variant;
  readonly dependencies: Dependencies;
  /** All conditions that were met, by their numbers. */
  readonly conditions: PlannedRule[] = [];
  readonly #edits: Edits;
  readonly #options: LoadOptions;
  readonly #recompiler: Recompiler;
  readonly #meanings = new Meanings('plain');
  readonly #numbers = new Map<number, number>();
  readonly #compiled: ReadonlyMap<string, VariantRule>;
  readonly #known = new Map<string, Variant | undefined>();
  /** Characters of conditions and lists that one variant reads, and that all of them have read. */
  readonly #size: number;
  #read = 0;

  constructor(edits: Edits, from: LoadedRules, to: LoadedRules, options: LoadOptions) {
    this.#edits = edits;
    this.#options = options;
    this.#recompiler = new Recompiler(options);
    this.dependencies = new Dependencies([from.collected, to.collected]);
    this.#size = sizeOf(from.collected) + sizeOf(to.collected);
    this.from = this.#variantOf(this.#numbered(from.ruleSet.rules));
    const compiled = this.#numbered(to.ruleSet.rules);
    this.to = this.#variantOf(compiled);
    this.#compiled = new Map(compiled.map((one) => [one.rule.name, one]));
  }

  /** The second rule set with some edits taken back; undefined where what is left does not compile, or costs too much. */
  without(taken: readonly number[]): Variant | undefined {
    const key = taken.join();
    if (this.#known.has(key)) return this.#known.get(key);
    this.#read += this.#size;
    if (this.#read > MAX_VARIANT_CHARS) return undefined;
    const variant = this.#compile(taken);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(key, variant);
    return variant;
  }

  /** Only the rules that the edits can reach are compiled; the others are those of the second rule set. */
  #compile(taken: readonly number[]): Variant | undefined {
    const back = new Set(taken);
    const mixture = this.#edits.mixture((edit) => !back.has(edit));
    const reached = new Set<ByteString>();
    for (const edit of taken) {
      const of = this.#edits.all[edit];
      if (of === undefined || of.subject === 'order') continue;
      for (const name of this.dependencies.rulesBehind(of)) reached.add(name);
    }
    const rules = new Map([...mixture.rules].filter(([name]) => reached.has(name)));
    const compiled = this.#recompiler.compile({ ...mixture, rules });
    if (compiled === undefined) return undefined;
    const anew = new Map(this.#numbered(compiled).map((one) => [one.rule.name, one]));
    const order = [...mixture.rules.values()].flatMap(({ name, unknownSource }) => {
      if (unknownSource) return [];
      const shown = toUnicode(name);
      return (reached.has(name) ? anew.get(shown) : this.#compiled.get(shown)) ?? [];
    });
    return this.#variantOf(order);
  }

  #numbered(rules: readonly Rule[]): VariantRule[] {
    const known = new Map<Expression, number>();
    return rules.map((rule) => {
      const meaning = this.#meanings.of(rule.expression, known);
      let condition = this.#numbers.get(meaning);
      if (condition === undefined) {
        condition = this.conditions.length;
        this.#numbers.set(meaning, condition);
        this.conditions.push({ condition: rule.condition, eventCodes: rule.eventCodes });
      }
      return { rule, condition };
    });
  }

  #variantOf(rules: readonly VariantRule[]): Variant {
    const { priority = 'Debug', select = [] } = this.#options;
    const numbers = new Map(rules.map(({ rule, condition }) => [rule, condition]));
    const chosen = activeRules([...numbers.keys()], priority, select);
    const active = chosen.map((rule) => ({ rule, condition: numbers.get(rule) as number }));
    return { active, byName: new Map(active.map((one) => [one.rule.name, one])) };
  }
}

function sizeOf({ lists, macros, rules }: Collected): number {
  let size = 0;
  for (const { items } of lists.values()) for (const { text } of items) size += text.length + 1;
  for (const { condition } of macros.values()) size += condition.value.length;
  for (const { condition } of rules.values()) size += condition.value.length;
  return size;
}
