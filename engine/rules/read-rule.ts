import { valueOf, type Mapping, type Scalar } from '../document/node.ts';
import { ConditionText } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import { tagSet } from './appends.ts';
import type { Collector } from './collector.ts';
import type { Context } from './context.ts';
import type { RuleUpdate } from './items.ts';
import { readExceptions } from './read-exceptions.ts';
import { readAppend, refuseAppendAndOverride } from './read-list.ts';
import { readOverride } from './read-override.ts';
import { readPriority } from './read-priority.ts';
import { APPENDABLE, readRuleOverride, REPLACEABLE } from './read-rule-override.ts';
import {
  emptiableText,
  optionalBoolean,
  optionalScalar,
  optionalScalars,
  optionalUnsigned,
  requiredBoolean,
  requiredScalar,
} from './read-values.ts';
import type { Report } from './report.ts';
import { warnDefinedTwice } from './text-lints.ts';

const ENABLED_IS_DEPRECATED =
  "The standalone 'enabled' key usage is deprecated. The correct approach requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace').";
/** A full definition has at least one of these. */
const DEFINING_KEYS = ['condition', 'output', 'desc', 'priority'];
const DEFAULT_SOURCE = 'syscall';

/** Reads a rule item: an override, an append, a switch, or a full definition, in this order. */
export function readRule(item: Mapping, file: Context, collector: Collector, report: Report): Context {
  const name = requiredScalar(item, 'rule', file.at(item, 'rule')).text;
  const context = file.at(item, 'rule', name);
  const source = emptiableText(item, 'source', context);
  const append = readAppend(item, context, report);
  const override = readOverride(item, context, file, APPENDABLE, REPLACEABLE);
  const overrides = override.append.size + override.replace.size;
  refuseAppendAndOverride(append, overrides, context);
  if (overrides > 0) readRuleOverride({ item, name, context, source, report }, override, collector);
  else if (append) collector.appendRule(readLegacyAppend(item, { name, context, source }, report));
  else if (DEFINING_KEYS.every((key) => valueOf(item, key) === undefined)) {
    const enabled = requiredBoolean(item, 'enabled', context);
    report.warn('LOAD_DEPRECATED_ITEM', ENABLED_IS_DEPRECATED, context);
    collector.enableRule({ name, context, enabled });
  } else define(item, name, context, collector, report);
  return context;
}

function readLegacyAppend(
  item: Mapping,
  rule: { name: ByteString; context: Context; source: ByteString },
  report: Report,
): RuleUpdate {
  const update: RuleUpdate = { ...rule };
  const condition = valueOf(item, 'condition');
  if (condition !== undefined) {
    update.condition = ConditionText.ofScalar(requiredScalar(item, 'condition', rule.context));
  }
  if (valueOf(item, 'exceptions') !== undefined) {
    update.exceptions = readExceptions(item, rule.context, true, report);
  }
  return update;
}

function define(item: Mapping, name: ByteString, context: Context, collector: Collector, report: Report): void {
  const condition = requiredScalar(item, 'condition', context);
  const output = requiredScalar(item, 'output', context);
  const description = requiredScalar(item, 'desc', context).text;
  const priority = readPriority(requiredScalar(item, 'priority', context), context);
  warnDefinedTwice('rule', item, { name, context }, collector.rules.get(name), report);
  collector.defineRule(
    {
      name,
      node: item,
      context,
      conditionContext: context.at(condition, 'rule condition'),
      outputContext: context.at(output, 'rule output'),
      source: optionalScalar(item, 'source', context)?.text ?? DEFAULT_SOURCE,
      unknownSource: false,
      condition: ConditionText.ofScalar(condition),
      output: trimmed(output),
      description,
      priority,
      enabled: optionalBoolean(item, 'enabled', context, true),
      capture: optionalBoolean(item, 'capture', context, false),
      captureDuration: optionalUnsigned(item, 'capture_duration', context, 0),
      warnEventTypes: optionalBoolean(item, 'warn_evttypes', context, true),
      skipIfUnknownFilter: optionalBoolean(item, 'skip-if-unknown-filter', context, false),
      tags: tagSet(optionalScalars(item, 'tags', context).map(({ text }) => text)),
      exceptions: readExceptions(item, context, false, report),
      index: 0,
      visibility: 0,
    },
    report,
  );
}

/** An output without the white space around it. */
function trimmed(output: Scalar): ConditionText {
  const text = ConditionText.ofScalar(output);
  const space = /[ \t-\r]/;
  let from = 0;
  let to = text.value.length;
  while (to > 0 && space.test(text.value[to - 1] as string)) to--;
  while (from < to && space.test(text.value[from] as string)) from++;
  return text.slice(from, to);
}
