import type { ByteString } from '../model/byte-string.ts';
import { Appends } from './appends.ts';
import { mergeExceptions, validateException, type IsField } from './exceptions.ts';
import { isGiven, type ListItem, type MacroItem, type RuleItem, type RuleUpdate } from './items.ts';
import { invalidItem } from './load-error.ts';
import type { Report } from './report.ts';

/** A name with what was collected under it; a map keeps the order of first definition. */
type Collected<Item> = Map<ByteString, Item>;

/**
 * What all files read so far define. A later definition replaces an earlier one of the same name but keeps its place;
 * whatever changes an item makes it see all that was defined before.
 */
export class Collector {
  readonly lists: Collected<ListItem> = new Map();
  readonly macros: Collected<MacroItem> = new Map();
  readonly rules: Collected<RuleItem> = new Map();
  readonly #sources: ReadonlySet<string>;
  readonly #isField: IsField;
  readonly #appends = new Appends();
  #changes = 0;

  /** `sources` are the names of the event sources that exist; `isField` looks up what an exception compares. */
  constructor(sources: ReadonlySet<string>, isField: IsField) {
    this.#sources = sources;
    this.#isField = isField;
  }

  defineList(list: ListItem): void {
    define(this.lists, list, this.#changes++);
  }

  appendList(list: ListItem): void {
    const previous = this.lists.get(list.name);
    if (previous === undefined) {
      return invalidItem(
        "List uses 'append' or 'override.items: append' but no list by that name already exists",
        list.context,
      );
    }
    this.#appends.toList(previous, list.items);
    previous.visibility = this.#changes++;
  }

  defineMacro(macro: MacroItem): void {
    define(this.macros, macro, this.#changes++);
  }

  appendMacro(macro: MacroItem): void {
    const previous = this.macros.get(macro.name);
    if (previous === undefined) {
      return invalidItem(
        "Macro uses 'append' or 'override.condition: append' but no macro by that name already exists",
        macro.context,
      );
    }
    this.#appends.toMacro(previous, macro.condition);
    previous.visibility = this.#changes++;
  }

  defineRule(rule: RuleItem, report: Report): void {
    this.#previousRule(rule);
    rule.unknownSource = !this.#sources.has(rule.source);
    if (rule.unknownSource) {
      report.warn('LOAD_UNKNOWN_SOURCE', `Unknown source ${rule.source}, skipping`, rule.context);
    }
    for (const exception of rule.exceptions) {
      if (!isGiven(exception.fields)) {
        invalidItem('Rule exception item must have fields property with a list of fields', exception.context);
      }
      validateException(exception, this.#isFieldOf(rule));
    }
    define(this.rules, rule, this.#changes++);
  }

  appendRule(update: RuleUpdate): void {
    const rule = this.#previousRule(update);
    if (rule === undefined) {
      return invalidItem(
        "Rule uses 'append' or 'override.<key>: append' but no rule by that name already exists",
        update.context,
      );
    }
    const { condition, output, description, tags, exceptions } = update;
    if ([condition, output, description, tags, exceptions].every((value) => value === undefined)) {
      invalidItem('Appended rule must have exceptions or condition property', update.context);
    }
    this.#appends.toRule(rule, update);
    if (description !== undefined) rule.description += ` ${description}`;
    if (exceptions !== undefined) mergeExceptions(rule.exceptions, exceptions, this.#isFieldOf(rule));
    rule.visibility = this.#changes++;
  }

  replaceInRule(update: RuleUpdate): void {
    const rule = this.#previousRule(update);
    if (rule === undefined) {
      return invalidItem(
        "An 'override.<key>: replace' to a rule was requested but no rule by that name already exists",
        update.context,
      );
    }
    const { name: _name, context: _context, source: _source, ...changes } = update;
    this.#appends.forget(rule, changes);
    Object.assign(rule, changes);
    rule.visibility = this.#changes++;
  }

  enableRule({ name, context, enabled }: Pick<RuleItem, 'name' | 'context' | 'enabled'>): void {
    const rule = this.rules.get(name);
    if (rule === undefined) {
      return invalidItem("Rule has 'enabled' key but no rule by that name already exists", context);
    }
    rule.enabled = enabled;
  }

  /** Makes everything whole for compiling: what was appended is joined at once, not at each append. */
  settle(): void {
    this.#appends.join();
  }

  /** The fields of a source that doesn't exist can't be looked up. */
  #isFieldOf(rule: RuleItem): IsField | undefined {
    return rule.unknownSource ? undefined : this.#isField;
  }

  #previousRule({ name, source, context }: Pick<RuleUpdate, 'name' | 'source' | 'context'>): RuleItem | undefined {
    const previous = this.rules.get(name);
    if (previous !== undefined && source !== '' && previous.source !== source) {
      invalidItem('Rule has been re-defined with a different source', context);
    }
    return previous;
  }
}

function define<Item extends { name: ByteString; index: number; visibility: number }>(
  all: Collected<Item>,
  item: Item,
  change: number,
): void {
  item.index = all.get(item.name)?.index ?? change;
  item.visibility = change;
  all.set(item.name, item);
}
