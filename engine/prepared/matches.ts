import type { Matching } from '../match/naive-match.ts';
import type { Alert } from '../model/alert.ts';
import { renderAlert, type AlertOptions } from '../output/render-alert.ts';
import type { PreparedTrace, Table } from './prepared-trace.ts';
import { Row } from './row.ts';
import { Sieve } from './sieve.ts';
import type { StoredRule, StoredRules } from './stored-rules.ts';

/** How rules are judged on a prepared trace. */
export interface JudgeOptions extends AlertOptions {
  /** Falco's `rule_matching`; `first` when it is not given. */
  readonly matching?: Matching;
}

/** What was found among the events of one type, in order: for each match a row of the table and the place of a rule. */
interface Found {
  readonly table: Table;
  readonly indexes: number[];
  readonly rules: number[];
  /** How many of them were told. */
  told: number;
}

/**
 * The matches of rules on a prepared trace that holds all that they ask. They are found at once, and told one after the
 * other in the order of a run: `next` turns to one. Its alert takes longer than to find it, and is made when asked for.
 */
export class Matches {
  readonly #stored: StoredRules;
  readonly #row: Row;
  readonly #options: JudgeOptions;
  /** Those that have something left. */
  readonly #found: Found[];
  #current: Found | undefined = undefined;
  #index = 0;
  #rule = 0;

  constructor(stored: StoredRules, trace: PreparedTrace, options: JudgeOptions = {}) {
    this.#stored = stored;
    this.#options = options;
    this.#row = new Row(trace, stored.fields.columns);
    const onlyFirst = options.matching !== 'all';
    this.#found = trace.tables
      .filter(({ code }) => stored.plan.wantedTypes[code] === 1)
      .map((table) => foundIn(stored, table, this.#row, onlyFirst))
      .filter(({ rules }) => rules.length > 0);
  }

  /** Turns to the next match; false when there is none. */
  next(): boolean {
    let next: Found | undefined;
    let least = Infinity;
    for (const found of this.#found) {
      const number = numberOf(found);
      if (number >= least) continue;
      least = number;
      next = found;
    }
    if (next === undefined) return false;
    this.#current = next;
    this.#index = next.indexes[next.told] as number;
    this.#rule = next.rules[next.told] as number;
    if (++next.told === next.rules.length) this.#found.splice(this.#found.indexOf(next), 1);
    return true;
  }

  /** The place of the rule among the active ones. */
  get rule(): number {
    return this.#rule;
  }

  /** `evt.num`. */
  get event(): number {
    return this.#table.numbers[this.#index] as number;
  }

  /** The host's thread whose event it is; -1 for none. */
  get tid(): number {
    return (this.#table.tids[this.#index] as number) - 1;
  }

  /** The alert of the match. */
  alert(): Alert {
    this.#row.enter(this.#table);
    this.#row.turnTo(this.#index);
    const { rule, output, extraFields } = this.#stored.rules[this.#rule] as StoredRule;
    return renderAlert(rule, output, this.#row, this.#options, extraFields);
  }

  get #table(): Table {
    return (this.#current as Found).table;
  }
}

function numberOf({ table, indexes, told }: Found): number {
  return table.numbers[indexes[told] as number] as number;
}

function foundIn(stored: StoredRules, table: Table, row: Row, onlyFirst: boolean): Found {
  const found: Found = { table, indexes: [], rules: [], told: 0 };
  row.enter(table);
  const sieve = new Sieve(stored, table.code, row);
  const { length } = table.numbers;
  for (let index = 0; index < length; index++) {
    sieve.match(row, index, found.rules, onlyFirst);
    while (found.indexes.length < found.rules.length) found.indexes.push(index);
  }
  return found;
}
