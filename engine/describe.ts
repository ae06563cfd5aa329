import { MODIFIER_TABLE, OPERATOR_TABLE, TRANSFORMER_TABLE } from './filter/operators.ts';
import { fieldInfos, type FieldInfo } from './fields/field-info.ts';
import { CATEGORY, EVENT_FLAG, EVENT_TYPES, type EventType } from './model/event-types.ts';
import { SYSCALL_NAMES } from './model/syscalls.ts';
import { lintInfos, type LintInfo } from './rules/lint-codes.ts';

/** What of the rule language can be described. */
export const DESCRIBED = ['fields', 'events', 'operators', 'lints'] as const;

/** One of them. */
export type Described = (typeof DESCRIBED)[number];

/** An event type as rules name it, with the arguments that its newest form carries. */
export interface EventInfo {
  /** `evt.type`. */
  readonly name: string;
  /** True for a syscall, false for news that no syscall brings. */
  readonly syscall: boolean;
  /** Arguments by name, as in `evt.arg.NAME`; none for a syscall of which only the name is recorded. */
  readonly params: readonly ParamInfo[];
}

/** An argument of an event. */
export interface ParamInfo {
  readonly name: string;
  readonly type: string;
  /** The words its text is made of, where it has any; joined by `|` when several apply. */
  readonly values: readonly string[];
}

/** A word of the condition language. */
export interface OperatorInfo {
  readonly word: string;
  readonly kind: 'operator' | 'modifier' | 'transformer';
  /** What stands on the right: of an operator nothing, a number, a text or a list. */
  readonly takes: string | undefined;
  readonly description: string;
}

/** Each description by what it is of. */
export interface Descriptions {
  readonly fields: readonly FieldInfo[];
  readonly events: readonly EventInfo[];
  readonly operators: readonly OperatorInfo[];
  readonly lints: readonly LintInfo[];
}

const DESCRIBE: { readonly [What in Described]: () => Descriptions[What] } = {
  fields: fieldInfos,
  events: eventInfos,
  operators: operatorInfos,
  lints: lintInfos,
};

/** The rule language as data: what documentation, completion and `creance describe` show. */
export function describe<What extends Described>(what: What): Descriptions[What] {
  return DESCRIBE[what]();
}

/** Event types in the order of the table, then the syscalls that have none, by name. */
function eventInfos(): EventInfo[] {
  const newest = new Map<string, EventType>();
  for (const type of EVENT_TYPES) {
    if (isListed(type) && !isOlder(type, newest.get(type.name))) newest.set(type.name, type);
  }
  const named = [...newest.values()].map(eventInfo);
  const bare = SYSCALL_NAMES.filter((name) => name !== 'unknown' && !newest.has(name));
  return [...named, ...bare.toSorted().map((name) => ({ name, syscall: true, params: [] }))];
}

/** Kinds that no rule sees: halves of a pair that never occur, old layouts, the generic event. */
function isListed(type: EventType): boolean {
  return type.name !== 'NA' && !hasFlag(type, 'UNUSED') && !type.symbol.startsWith('GENERIC_');
}

/** Exits are what rules see, in their present layout; an entry counts only where there is no exit. */
function isOlder(type: EventType, known: EventType | undefined): boolean {
  if (known === undefined) return false;
  const isOld = hasFlag(type, 'OLD_VERSION');
  if (isOld !== hasFlag(known, 'OLD_VERSION')) return isOld;
  return type.code % 2 === 0 && known.code % 2 === 1;
}

function hasFlag(type: EventType, flag: keyof typeof EVENT_FLAG): boolean {
  return (type.flags & EVENT_FLAG[flag]) !== 0;
}

function eventInfo(type: EventType): EventInfo {
  return {
    name: type.name,
    syscall: (type.category & CATEGORY.SYSCALL) !== 0,
    params: type.params.map(({ name, type: paramType, info }) => ({
      name,
      type: paramType,
      values: (info?.flags ?? []).map(([word]) => word),
    })),
  };
}

function operatorInfos(): OperatorInfo[] {
  return [
    ...OPERATOR_TABLE.map(({ word, takes, about }) => ({ word, kind: 'operator' as const, takes, description: about })),
    ...MODIFIER_TABLE.map(({ word, about }) => ({
      word,
      kind: 'modifier' as const,
      takes: 'list',
      description: about,
    })),
    ...TRANSFORMER_TABLE.map(({ word, about }) => ({
      word,
      kind: 'transformer' as const,
      takes: undefined,
      description: about,
    })),
  ];
}
