import type { Expression } from '../filter/ast.ts';
import { toUnicode } from '../model/byte-string.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { MAX_REACHED_RULES } from '../model/limits.ts';
import type { Priority } from '../model/priority.ts';
import { needsOrder } from '../plan/in-order.ts';
import { eventCodes, type KnownCodes } from '../rules/event-codes.ts';
import type { LoadedMacro, Rule, RuleSet } from '../rules/rule-set.ts';
import type { Dependencies } from './dependencies.ts';
import type { Edit } from './edit.ts';
import { Meanings } from './meanings.ts';

/** What is in one of two sets only. */
export interface SetDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A list or a macro that differs, and the rules that it reaches. */
export interface PartDifference {
  readonly name: string;
  readonly rules: readonly string[];
}

/** A macro that differs. */
export interface MacroDifference extends PartDifference {
  /** True when it is proven that it says the same as before. */
  readonly sameMeaning: boolean;
  readonly eventTypes: SetDifference;
}

/** A value before and after; undefined where it is the same. */
type Changed<Value> = { readonly before: Value; readonly after: Value } | undefined;

/** A rule that is on both sides and that some edit reaches. */
export interface RuleDifference {
  readonly name: string;
  /** Where it had another one. */
  readonly nameBefore: string | undefined;
  /**
   * `same`: nothing that its condition is made of was changed. `same meaning`: something was, but it is proven that it
   * says the same as before. `changed`: anything else.
   */
  readonly condition: 'same' | 'same meaning' | 'changed';
  /** Numbers of the edits that reach it, through macros and lists too. */
  readonly edits: readonly number[];
  readonly eventTypes: SetDifference;
  readonly outputFields: SetDifference;
  readonly tags: SetDifference;
  readonly priority: Changed<Priority>;
  readonly enabled: Changed<boolean>;
}

/** How two rule sets differ by themselves, without any trace. */
export interface StaticDifference {
  readonly lists: SetDifference & { readonly changed: readonly PartDifference[] };
  readonly macros: SetDifference & { readonly changed: readonly MacroDifference[] };
  readonly rules: SetDifference & { readonly changed: readonly RuleDifference[] };
}

/** Compares two rule sets by what they say. */
export function staticDifference(
  from: RuleSet,
  to: RuleSet,
  edits: readonly Edit[],
  dependencies: Dependencies,
): StaticDifference {
  const reach = (edit: Edit) => [...dependencies.rulesBehind(edit)].map(toUnicode).toSorted();
  const changed = (kinds: (edit: Edit) => boolean) => namesOf(edits.filter(kinds));
  const firstOf = new Map(edits.toReversed().map((edit) => [`${edit.subject} ${edit.name}`, edit]));
  const reachOf = (subject: Edit['subject'], name: string) => reach(firstOf.get(`${subject} ${name}`) as Edit);
  const of = (kind: Edit['kind']) => namesOf(edits.filter((edit) => edit.kind === kind));
  const meanings = new Meanings('canonical');
  const known = [new Map<Expression, number>(), new Map<Expression, number>()] as const;
  const isSame = (a: Expression, b: Expression) => meanings.of(a, known[0]) === meanings.of(b, known[1]);
  return {
    lists: {
      added: of('list added'),
      removed: of('list removed'),
      changed: changed(({ kind }) => LIST_KINDS.has(kind)).map((name) => ({
        name,
        rules: reachOf('list', name),
      })),
    },
    macros: {
      added: of('macro added'),
      removed: of('macro removed'),
      changed: changed(({ kind }) => kind === 'macro changed').map((name) => {
        const [a, b] = [from.macros.get(name) as LoadedMacro, to.macros.get(name) as LoadedMacro];
        const eventTypes = typesBetween(a.expression, b.expression);
        return { name, rules: reachOf('macro', name), sameMeaning: isSame(a.expression, b.expression), eventTypes };
      }),
    },
    rules: {
      added: of('rule added'),
      removed: of('rule removed'),
      changed: changedRules(from, to, edits, dependencies, isSame),
    },
  };
}

function changedRules(
  from: RuleSet,
  to: RuleSet,
  edits: readonly Edit[],
  dependencies: Dependencies,
  isSame: (a: Expression, b: Expression) => boolean,
): RuleDifference[] {
  const reaching = new Map<string, Edit[]>();
  let pairs = 0;
  for (const edit of edits) {
    if (edit.subject === 'order' || edit.kind === 'rule added' || edit.kind === 'rule removed') continue;
    for (const name of dependencies.rulesBehind(edit)) {
      if (pairs++ > MAX_REACHED_RULES) break;
      const shown = toUnicode(name);
      if (reaching.get(shown)?.push(edit) === undefined) reaching.set(shown, [edit]);
    }
  }
  const old = new Map(from.rules.map((rule) => [rule.name, rule]));
  return to.rules.flatMap((rule) => {
    const ofRule = reaching.get(rule.name) ?? [];
    const nameBefore = ofRule.find(({ kind }) => kind === 'rule renamed')?.before;
    const before = old.get(nameBefore ?? rule.name);
    if (before === undefined || ofRule.length === 0) return [];
    // A few conditions mean what they mean in the order in which they are written.
    const isFree = !needsOrder(before.condition) && !needsOrder(rule.condition);
    return [ruleDifference(before, rule, nameBefore, ofRule, isFree && isSame(before.expression, rule.expression))];
  });
}

const LIST_KINDS: ReadonlySet<Edit['kind']> = new Set(['list item added', 'list item removed', 'list changed']);

/** Edits that leave a condition alone. */
const BESIDE: ReadonlySet<Edit['kind']> = new Set([
  'rule renamed',
  'output changed',
  'priority changed',
  'enabled changed',
  'tags changed',
  'source changed',
  'description changed',
  'setting changed',
]);

function ruleDifference(
  before: Rule,
  after: Rule,
  nameBefore: string | undefined,
  edits: readonly Edit[],
  isSame: boolean,
): RuleDifference {
  const isTouched = edits.some(({ kind }) => !BESIDE.has(kind));
  return {
    name: after.name,
    nameBefore,
    condition: !isTouched ? 'same' : isSame ? 'same meaning' : 'changed',
    edits: edits.map(({ number }) => number),
    eventTypes: between(namesOfCodes(before.eventCodes), namesOfCodes(after.eventCodes)),
    outputFields: between([...before.output.fields.keys()], [...after.output.fields.keys()]),
    tags: between(before.tags, after.tags),
    priority: before.priority === after.priority ? undefined : { before: before.priority, after: after.priority },
    enabled: before.enabled === after.enabled ? undefined : { before: before.enabled, after: after.enabled },
  };
}

function typesBetween(from: Expression, to: Expression): SetDifference {
  const [before, after]: [KnownCodes, KnownCodes] = [new Map(), new Map()];
  return between(namesOfCodes(eventCodes(from, before).toSet()), namesOfCodes(eventCodes(to, after).toSet()));
}

function namesOfCodes(codes: ReadonlySet<number>): string[] {
  return [...codes].map((code) => EVENT_TYPES[code]?.name ?? '');
}

/** What two lists don't share, each sorted. */
function between(from: readonly string[], to: readonly string[]): SetDifference {
  const [before, after] = [new Set(from), new Set(to)];
  return {
    added: [...after].filter((one) => !before.has(one)).toSorted(),
    removed: [...before].filter((one) => !after.has(one)).toSorted(),
  };
}

function namesOf(edits: readonly Edit[]): string[] {
  return [...new Set(edits.map(({ name }) => name))];
}
