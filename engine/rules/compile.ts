import { toUnicode } from '../model/byte-string.ts';
import type { OutputAppend } from '../output/append-output.ts';
import { Compilation, type Kept } from './compilation.ts';
import { compileRule } from './compile-rule.ts';
import { ConditionChecks } from './condition-checks.ts';
import { ExpandedSizes } from './expanded-size.ts';
import type { Collected } from './items.ts';
import { ListTexts } from './list-table.ts';
import { ParsedConditions } from './parsed-conditions.ts';
import type { AvailableFields } from './plugins.ts';
import type { Report } from './report.ts';
import type { LoadedList, LoadedMacro, Rule } from './rule-set.ts';

/** All that the files read so far define. */
export interface Compiled {
  readonly rules: readonly Rule[];
  readonly macros: ReadonlyMap<string, LoadedMacro>;
  readonly lists: ReadonlyMap<string, LoadedList>;
}

/** Compiles what is collected, from scratch after each file as Falco does, but without doing the same work twice. */
export class Compiler {
  readonly #fields: AvailableFields;
  readonly #appends: readonly OutputAppend[];
  readonly #kept: Kept;

  constructor(fields: AvailableFields, appends: readonly OutputAppend[]) {
    this.#fields = fields;
    this.#appends = appends;
    const checks = new ConditionChecks(fields);
    this.#kept = { texts: new ListTexts(), parsed: new ParsedConditions(), checks, sizes: new ExpandedSizes() };
  }

  /** Compiles lists, macros and rules, in this order. Throws a `LoadError` at the first error. */
  compile(collector: Collected, report: Report): Compiled {
    this.#kept.checks.reset();
    this.#kept.sizes.reset();
    const compilation = new Compilation(collector, this.#kept, report);
    const by = { compilation, kept: this.#kept, appends: this.#appends, fields: this.#fields, report };
    const rules: Rule[] = [];
    for (const item of collector.rules.values()) {
      const rule = item.unknownSource ? undefined : compileRule(item, rules.length, by);
      if (rule !== undefined) rules.push(rule);
    }
    compilation.warnUnused(report);
    return { rules, macros: macrosOf(compilation, collector), lists: listsOf(compilation) };
  }
}

function macrosOf(compilation: Compilation, collector: Collected): ReadonlyMap<string, LoadedMacro> {
  const macros = new Map<string, LoadedMacro>();
  for (const { name, written, resolved, used } of compilation.macros.values()) {
    const span = collector.macros.get(name)?.context.span;
    if (span === undefined) continue;
    macros.set(toUnicode(name), { name: toUnicode(name), written, expression: resolved ?? written, used, span });
  }
  return macros;
}

function listsOf(compilation: Compilation): ReadonlyMap<string, LoadedList> {
  const lists = compilation.lists.lists.map(({ item, items, text, used }): [string, LoadedList] => {
    const name = toUnicode(item.name);
    return [name, { name, items: items.map((one) => toUnicode(one.text)), text, used, span: item.context.span }];
  });
  return new Map(lists);
}
