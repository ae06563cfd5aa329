import type { Matching } from '../match/naive-match.ts';
import type { Alert } from '../model/alert.ts';
import { renderAlert, type AlertOptions } from '../output/render-alert.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { PreparedTrace, Table } from './prepared-trace.ts';
import { Row } from './row.ts';
import { Sieve } from './sieve.ts';
import { StoredRules, type StoredRule } from './stored-rules.ts';

/** How rules are judged on a prepared trace. */
export interface JudgeOptions extends AlertOptions {
  /** Falco's `rule_matching`; `first` when it is not given. */
  readonly matching?: Matching;
}

/** Rules that matched on one event. */
interface Match {
  readonly table: Table;
  readonly index: number;
  readonly number: number;
  readonly rules: readonly number[];
}

const STORED = new WeakMap<RuleSet, StoredRules>();

/** The rules of a rule set made ready for rows; kept, for one rule set is often judged on many traces. */
export function storedRulesOf(ruleSet: RuleSet): StoredRules {
  let stored = STORED.get(ruleSet);
  if (stored === undefined) STORED.set(ruleSet, (stored = new StoredRules(ruleSet)));
  return stored;
}

/** What rules ask that a prepared trace does not hold: with anything in it, the trace itself must be run. */
export function lacksOf({ fields, plan }: StoredRules, trace: PreparedTrace): readonly string[] {
  const lacks = [...fields.unfit, ...[...fields.needed].filter((name) => !trace.holdsField(name))];
  if (plan.wantedTypes.some((wanted, code) => wanted === 1 && !trace.holdsType(code))) lacks.push('event types');
  return lacks;
}

/** The alerts of rules on a trace that holds all that they ask, in order. */
export function judge(stored: StoredRules, trace: PreparedTrace, options: JudgeOptions = {}): readonly Alert[] {
  const alerts: Alert[] = [];
  eachMatch(stored, trace, options, (_rule, _event, alert) => void alerts.push(alert()));
  return alerts;
}

/**
 * Tells of each match of rules on a trace that holds all that they ask, in order: the place of the rule, `evt.num`, and
 * how to get the alert, which takes longer than to find it. The function is good for the time of the call.
 */
export function eachMatch(
  stored: StoredRules,
  trace: PreparedTrace,
  options: JudgeOptions,
  onMatch: (rule: number, event: number, alert: () => Alert) => void,
): void {
  const row = new Row(trace, stored.fields.columns);
  const onlyFirst = options.matching !== 'all';
  const matches = trace.tables
    .flatMap((table) => matchesOf(stored, table, row, onlyFirst))
    .toSorted((a, b) => a.number - b.number);
  for (const match of matches) {
    for (const number of match.rules) {
      onMatch(number, match.number, () => alertOf(stored, match, number, row, options));
    }
  }
}

function matchesOf(stored: StoredRules, table: Table, row: Row, onlyFirst: boolean): readonly Match[] {
  const found: Match[] = [];
  if (stored.plan.wantedTypes[table.code] === 0) return found;
  row.enter(table);
  const sieve = new Sieve(stored, table.code, row);
  let rules: number[] = [];
  for (let index = 0; index < table.numbers.length; index++) {
    sieve.match(row, index, rules, onlyFirst);
    if (rules.length === 0) continue;
    found.push({ table, index, number: table.numbers[index] as number, rules });
    rules = [];
  }
  return found;
}

function alertOf(stored: StoredRules, { table, index }: Match, number: number, row: Row, options: JudgeOptions): Alert {
  row.enter(table);
  row.turnTo(index);
  const { rule, output, extraFields } = stored.rules[number] as StoredRule;
  return renderAlert(rule, output, row, options, extraFields);
}
