import type { Rule, RuleSet } from '../../engine/rules/rule-set.ts';
import { EVENT_TYPES, eventCode } from '../../engine/model/event-types.ts';
import type { RedactedField } from '../redaction/patterns.ts';
import { readersOf } from '../redaction/readers.ts';
import type { Row } from '../table/row.ts';
import { PROCEXIT_ROW, ROWS_BY_NAME, TABLE } from '../table/table.ts';
import { fieldsOf, syscallsNamed } from './rule-text.ts';
import { DESCRIPTOR_STATE, PROCESS_STATE } from './state-syscalls.ts';

/** Why a syscall is recorded. */
export interface PlannedSyscall {
  readonly row: Row;
  /** Rules that look at it. */
  readonly rules: readonly string[];
  /** What of the state of the machine is known by it; empty when it is recorded for rules alone. */
  readonly state: readonly State[];
}

/** What a recorder must follow so that fields are right. */
export type State = 'processes' | 'descriptors';

/** What is to be recorded for a rule set. */
export interface Plan {
  readonly syscalls: readonly PlannedSyscall[];
  /** Rules that look at every syscall, since they name none. */
  readonly unbounded: readonly string[];
  /** Event names that rules ask for and that this recorder does not make, with those rules. */
  readonly missing: readonly { readonly name: string; readonly rules: readonly string[] }[];
  /** Rules by what they read that may be redacted. */
  readonly readers: Readonly<Record<RedactedField, readonly string[]>>;
}

const GENERIC = eventCode('GENERIC_X');
const ROWS: readonly Row[] = [...TABLE.filter((row) => row !== undefined), PROCEXIT_ROW];
const BY_NAME: ReadonlyMap<string, readonly Row[]> = Map.groupBy(ROWS, (row) => EVENT_TYPES[row.code]?.name ?? '');
/** Names of events that speak of no syscall: nothing is to be recorded for them. */
const NOT_RECORDED = new Set(['container', 'asyncevent', 'notification', 'switch', 'drop', 'pluginevent', 'syscall']);

/** Works out which syscalls the active rules of a set need, or of those that are meant, and which the state that their fields are read from. */
export function planOf(ruleSets: RuleSet | readonly RuleSet[], isMeant: (rule: Rule) => boolean = () => true): Plan {
  const wanted = new Wanted();
  for (const { active } of [ruleSets].flat()) for (const rule of active) if (isMeant(rule)) wanted.add(rule);
  return { ...wanted.plan(), readers: readersOf([ruleSets].flat().flatMap(({ active }) => active)) };
}

/** Every syscall there is, for no rule in particular. */
export function planOfAll(): Plan {
  const syscalls = ROWS.map((row) => ({ row, rules: [], state: stateOf(row.syscall, true) }));
  return { syscalls, unbounded: [], missing: [], readers: { arguments: [], environment: [], data: [] } };
}

class Wanted {
  readonly #rules = new Map<Row, Set<string>>();
  readonly #missing = new Map<string, Set<string>>();
  readonly #unbounded: string[] = [];
  #needsDescriptors = false;

  add(rule: Rule): void {
    if ([...fieldsOf(rule)].some(needsDescriptors)) this.#needsDescriptors = true;
    const names = new Set([...rule.eventCodes].map((code) => EVENT_TYPES[code]?.name ?? ''));
    if (names.size > ROWS.length / 3 && rule.eventCodes.has(GENERIC)) this.#unbounded.push(rule.name);
    for (const name of names) {
      const rows = BY_NAME.get(name);
      if (name === EVENT_TYPES[GENERIC]?.name) continue;
      if (rows === undefined) this.#miss(name, rule);
      for (const row of rows ?? []) this.#want(row, rule);
    }
    if (rule.eventCodes.has(GENERIC)) this.#addGeneric(rule);
  }

  /** A syscall without an event of its own is wanted by its name; where a rule names none, all are. */
  #addGeneric(rule: Rule): void {
    const named = syscallsNamed(rule).filter((name) => ROWS_BY_NAME.get(name)?.code === GENERIC);
    const rows = named.length > 0 ? named.map((name) => ROWS_BY_NAME.get(name)) : ROWS.filter(isGeneric);
    for (const row of rows) if (row !== undefined) this.#want(row, rule);
  }

  plan(): Omit<Plan, 'readers'> {
    const syscalls = ROWS.flatMap((row) => {
      const rules = [...(this.#rules.get(row) ?? [])];
      const state = stateOf(row.syscall, this.#needsDescriptors);
      return rules.length + state.length === 0 ? [] : [{ row, rules, state }];
    });
    const missing = [...this.#missing].map(([name, rules]) => ({ name, rules: [...rules] }));
    return { syscalls, unbounded: this.#unbounded, missing };
  }

  #want(row: Row, rule: Rule): void {
    const rules = this.#rules.get(row);
    if (rules === undefined) this.#rules.set(row, new Set([rule.name]));
    else rules.add(rule.name);
  }

  /** Only what a rule names is missed, not what a rule for all events would see too. */
  #miss(name: string, rule: Rule): void {
    if (NOT_RECORDED.has(name) || !syscallsNamed(rule).includes(name)) return;
    const rules = this.#missing.get(name);
    if (rules === undefined) this.#missing.set(name, new Set([rule.name]));
    else rules.add(rule.name);
  }
}

function stateOf(syscall: string, withDescriptors: boolean): readonly State[] {
  const state: State[] = [];
  if (PROCESS_STATE.has(syscall)) state.push('processes');
  if (withDescriptors && DESCRIPTOR_STATE.has(syscall)) state.push('descriptors');
  return state;
}

function isGeneric(row: Row): boolean {
  return row.code === GENERIC;
}

/** Descriptors are asked about directly, or by paths that begin at one. */
function needsDescriptors(field: string): boolean {
  return /^(fd|fs)\./.test(field) || field === 'proc.cwd' || field === 'evt.abspath' || field === 'evt.args';
}
