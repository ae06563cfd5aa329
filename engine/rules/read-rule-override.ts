import { valueOf, type Mapping, type Node } from '../document/node.ts';
import { ConditionText } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import { tagSet } from './appends.ts';
import type { Collector } from './collector.ts';
import type { Context } from './context.ts';
import type { RuleUpdate } from './items.ts';
import { invalidStructure } from './load-error.ts';
import { readExceptions } from './read-exceptions.ts';
import type { Override } from './read-override.ts';
import { readPriority } from './read-priority.ts';
import { optionalScalars, requiredBoolean, requiredScalar, requiredUnsigned } from './read-values.ts';
import type { Report } from './report.ts';

/** An item that updates a rule. */
interface Updating {
  readonly item: Mapping;
  readonly name: ByteString;
  readonly context: Context;
  /** Compared with the rule's only where the condition is updated. */
  readonly source: ByteString;
  readonly report: Report;
}

/** What one key of an item says. */
type Reader = (from: Updating, isAppend: boolean) => Partial<RuleUpdate>;

/** How each key is read, in Falco's order. The first five can be appended to, all can be replaced. */
const READERS: Readonly<Record<string, Reader>> = {
  condition: ({ item, context, source }) => ({
    source,
    condition: ConditionText.ofScalar(requiredScalar(item, 'condition', context)),
  }),
  exceptions: ({ item, context, report }, isAppend) => ({
    exceptions: readExceptions(item, context, isAppend, report),
  }),
  output: ({ item, context }) => ({ output: ConditionText.ofScalar(requiredScalar(item, 'output', context)) }),
  desc: ({ item, context }) => ({ description: requiredScalar(item, 'desc', context).text }),
  tags: ({ item, context }) => ({ tags: tagSet(optionalScalars(item, 'tags', context).map(({ text }) => text)) }),
  priority: ({ item, context }) => ({ priority: readPriority(requiredScalar(item, 'priority', context), context) }),
  capture: ({ item, context }) => ({ capture: requiredBoolean(item, 'capture', context) }),
  capture_duration: ({ item, context }) => ({ captureDuration: requiredUnsigned(item, 'capture_duration', context) }),
  enabled: ({ item, context }) => ({ enabled: requiredBoolean(item, 'enabled', context) }),
  warn_evttypes: ({ item, context }) => ({ warnEventTypes: requiredBoolean(item, 'warn_evttypes', context) }),
  'skip-if-unknown-filter': ({ item, context }) => ({
    skipIfUnknownFilter: requiredBoolean(item, 'skip-if-unknown-filter', context),
  }),
};

/** Keys of a rule that can be replaced. */
export const REPLACEABLE: ReadonlySet<string> = new Set(Object.keys(READERS));
/** Keys of a rule that can be appended to. */
export const APPENDABLE: ReadonlySet<string> = new Set([...REPLACEABLE].slice(0, 5));

/**
 * Reads an item with an override: first all appends as one update, then all replacements as another. What the item says
 * without listing it under `override` is an error, but one that comes after the updates.
 */
export function readRuleOverride(from: Updating, { append, replace }: Override, collector: Collector): void {
  const said = new Set([...REPLACEABLE].filter((key) => valueOf(from.item, key) !== undefined));
  if (append.size > 0) collector.appendRule(readUpdate(from, append, said, true));
  if (replace.size > 0) collector.replaceInRule(readUpdate(from, replace, said, false));
  const [unlisted] = [...said].toSorted();
  if (unlisted === undefined) return;
  invalidStructure(
    `Unexpected key '${unlisted}': no corresponding entry under 'override' is defined.`,
    from.context.at(valueOf(from.item, unlisted) as Node, 'overrides', unlisted),
    `add '${unlisted}: replace' under 'override', or take '${unlisted}' away`,
  );
}

/** Reads the keys of one kind of override and crosses them off what the item says. */
function readUpdate(from: Updating, keys: ReadonlySet<string>, said: Set<string>, isAppend: boolean): RuleUpdate {
  const { name, context } = from;
  const update: RuleUpdate = { name, context, source: '' };
  for (const [key, read] of Object.entries(READERS)) {
    if (!keys.has(key)) continue;
    if (!said.delete(key)) {
      const operation = isAppend ? 'append' : 'replace';
      const message = `An ${operation} override for '${key}' was specified but '${key}' is not defined`;
      invalidStructure(message, context);
    }
    Object.assign(update, read(from, isAppend));
  }
  return update;
}
