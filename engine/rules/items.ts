import type { Mapping, Scalar } from '../document/node.ts';
import type { ConditionText, Place } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Priority } from '../model/priority.ts';
import type { Context } from './context.ts';

/** A list as collected from all files so far. */
export interface ListItem {
  readonly name: ByteString;
  readonly context: Context;
  items: readonly Scalar[];
  /** Order of first definition, and of the last change: what was defined before the last change can be seen. */
  index: number;
  visibility: number;
}

/** A macro as collected from all files so far. */
export interface MacroItem {
  readonly name: ByteString;
  readonly context: Context;
  readonly conditionContext: Context;
  condition: ConditionText;
  index: number;
  visibility: number;
}

/** A rule as collected from all files so far. */
export interface RuleItem {
  readonly name: ByteString;
  readonly node: Mapping;
  readonly context: Context;
  readonly conditionContext: Context;
  readonly outputContext: Context;
  readonly source: ByteString;
  /** No source of that name exists: the rule is kept but never compiled. */
  unknownSource: boolean;
  condition: ConditionText;
  output: ConditionText;
  description: ByteString;
  priority: Priority;
  enabled: boolean;
  capture: boolean;
  /** Milliseconds; 0 is Falco's default. */
  captureDuration: number;
  warnEventTypes: boolean;
  skipIfUnknownFilter: boolean;
  /** Sorted, without duplicates. */
  tags: readonly ByteString[];
  exceptions: ExceptionItem[];
  index: number;
  visibility: number;
}

/** What an override or an append says of a rule; what it doesn't say is undefined. */
export interface RuleUpdate {
  readonly name: ByteString;
  readonly context: Context;
  /** Compared with the rule's only where it is not empty. */
  source: ByteString;
  condition?: ConditionText;
  output?: ConditionText;
  description?: ByteString;
  priority?: Priority;
  enabled?: boolean;
  capture?: boolean;
  captureDuration?: number;
  warnEventTypes?: boolean;
  skipIfUnknownFilter?: boolean;
  tags?: readonly ByteString[];
  exceptions?: ExceptionItem[];
}

/** An exception of a rule. */
export interface ExceptionItem {
  readonly name: ByteString;
  readonly context: Context;
  readonly place: Place;
  readonly fields: Entry;
  comparisons: Entry;
  /** Appends add to it. */
  readonly values: Entry[];
}

/** One value or a list of values. A null or a mapping counts as one empty value. */
export type Entry = OneValue | ManyValues;

/** One value. */
export interface OneValue {
  readonly many: false;
  readonly text: ByteString;
  /** Where it is written; undefined for what was not given and for defaults. */
  readonly scalar: Scalar | undefined;
}

/** A list of values. */
export interface ManyValues {
  readonly many: true;
  readonly entries: readonly Entry[];
}

/** What stands where nothing was given. */
export const NO_ENTRY: OneValue = { many: false, text: '', scalar: undefined };

/** True when something was given. */
export function isGiven(entry: Entry): boolean {
  return entry.many ? entry.entries.length > 0 : entry.text !== '';
}

/** A value that is not written in a file. */
export function defaultEntry(text: ByteString): OneValue {
  return { many: false, text, scalar: undefined };
}

/** All that files define before it is compiled, by name, in the order of first definition. */
export interface Collected {
  readonly lists: ReadonlyMap<ByteString, ListItem>;
  readonly macros: ReadonlyMap<ByteString, MacroItem>;
  readonly rules: ReadonlyMap<ByteString, RuleItem>;
}
