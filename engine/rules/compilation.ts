import type { Expression } from '../filter/ast.ts';
import { ConditionSpan } from '../filter/condition-span.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { ConditionChecks } from './condition-checks.ts';
import type { Context } from './context.ts';
import type { ExpandedSizes } from './expanded-size.ts';
import type { Collected } from './items.ts';
import { ListTable, type ListTexts } from './list-table.ts';
import { invalidItem } from './load-error.ts';
import { MacroResolution, type Macro, type MacroProblem } from './macro-table.ts';
import type { ParsedCondition, ParsedConditions } from './parsed-conditions.ts';
import type { Report } from './report.ts';
import { appendLints } from './text-lints.ts';

/** What is kept from one compile to the next. */
export interface Kept {
  readonly texts: ListTexts;
  readonly parsed: ParsedConditions;
  readonly checks: ConditionChecks;
  readonly sizes: ExpandedSizes;
}

/** One pass over all that is collected: lists, then macros, each ready for the rules. Throws at the first error. */
export class Compilation {
  readonly lists: ListTable;
  readonly macros: ReadonlyMap<ByteString, Macro>;
  readonly #collector: Collected;
  readonly #kept: Kept;
  readonly #report: Report;

  constructor(collector: Collected, kept: Kept, report: Report) {
    this.#collector = collector;
    this.#kept = kept;
    this.#report = report;
    this.lists = new ListTable(collector.lists, kept.texts);
    this.macros = this.#readMacros();
    this.#resolveMacros();
  }

  /** Reads a condition: `collected` as it was given, `shown` with its exceptions. Lists are put in here. */
  read(collected: ConditionText, shown: ConditionText, context: Context): ParsedCondition {
    return this.#kept.parsed.parse(collected, this.lists.expand(shown, context), context);
  }

  /** Puts macros into a condition. `context` is that of the rule or macro, `visible` tells which macros it can see. */
  resolve(
    { expression, references }: ParsedCondition,
    shown: ConditionText,
    context: Context,
    visible: (macro: Macro) => boolean,
  ): Expression {
    const resolved = new MacroResolution(this.macros, visible).resolve(expression, references);
    if ('reference' in resolved) return this.#refuse(resolved, shown, context);
    return resolved;
  }

  /** Warns of what nothing refers to. */
  warnUnused(report: Report): void {
    for (const { name, used } of this.macros.values()) {
      const context = this.#collector.macros.get(name)?.context;
      if (!used && context !== undefined) {
        report.warn('LOAD_UNUSED_MACRO', 'Macro not referred to by any other rule/macro', context);
      }
    }
    for (const { item, used } of this.lists.lists) {
      if (!used) report.warn('LOAD_UNUSED_LIST', 'List not referred to by any other rule/macro', item.context);
    }
  }

  #readMacros(): ReadonlyMap<ByteString, Macro> {
    const macros = new Map<ByteString, Macro>();
    for (const { name, index, condition, conditionContext } of this.#collector.macros.values()) {
      const { expression, references } = this.read(condition, condition, conditionContext);
      for (const advice of appendLints(expression, condition)) this.#report.advise(advice);
      macros.set(name, { name, index, written: expression, references, resolved: undefined, used: false });
    }
    return macros;
  }

  /** A macro sees those that were first defined before it was last changed, itself among them if it was. */
  #resolveMacros(): void {
    for (const macro of this.macros.values()) {
      const item = this.#collector.macros.get(macro.name);
      if (item === undefined) continue;
      const parsed = { expression: macro.written, references: macro.references };
      const visible = (other: Macro) => other.index < item.visibility;
      macro.resolved = this.resolve(parsed, item.condition, item.context, visible);
      this.#kept.sizes.check(macro.resolved, item.conditionContext);
    }
  }

  #refuse({ kind, reference }: MacroProblem, shown: ConditionText, context: Context): never {
    const { name, span } = reference;
    const position = span instanceof ConditionSpan ? { text: span.text, index: span.at } : undefined;
    const place = context.inCondition(shown.value, position, span);
    if (kind === 'loop') return invalidItem(`reference loop in macro '${name}'`, place, LOOP_HINT);
    return invalidItem(`Undefined macro '${name}' used in filter.`, place, this.#undefinedHint(name));
  }

  #undefinedHint(name: ByteString): string | undefined {
    if (this.#collector.macros.has(name)) return 'a macro sees only macros that are defined before it';
    if (this.#collector.lists.has(name))
      return `'${toUnicode(name)}' is a list: compare with it by 'in (${toUnicode(name)})'`;
    const near = nearest(toUnicode(name), [...this.macros.keys()].map(toUnicode));
    return near === undefined ? undefined : `did you mean '${near}'?`;
  }
}

const LOOP_HINT = 'a macro that was appended to or defined again can see itself';
