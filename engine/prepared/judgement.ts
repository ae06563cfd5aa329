import type { RuleSet } from '../rules/rule-set.ts';
import type { PreparedTrace } from './prepared-trace.ts';
import { StoredRules } from './stored-rules.ts';

const STORED = new WeakMap<RuleSet, StoredRules>();

/** The rules of a rule set made ready for rows; kept, for one rule set is often judged on many traces. */
export function storedRulesOf(ruleSet: RuleSet): StoredRules {
  let stored = STORED.get(ruleSet);
  if (stored === undefined) STORED.set(ruleSet, (stored = new StoredRules(ruleSet)));
  return stored;
}

/** What rules ask that a prepared trace does not hold: with anything in it, the trace itself must be run. */
export interface Lacks {
  /** Names of fields that a form made for these rules would hold. */
  readonly fields: readonly string[];
  /** Codes of event types, likewise. */
  readonly types: readonly number[];
  /** Names of fields that no form answers. */
  readonly unfit: readonly string[];
}

/** What of it rules ask; undefined when there is nothing. */
export function lacksOf({ fields, plan }: StoredRules, trace: PreparedTrace): Lacks | undefined {
  const lacks: Lacks = {
    fields: [...fields.needed].filter((name) => !trace.holdsField(name)),
    types: [...plan.wantedTypes.keys()].filter((code) => plan.wantedTypes[code] === 1 && !trace.holdsType(code)),
    unfit: [...fields.unfit],
  };
  return lacks.fields.length + lacks.types.length + lacks.unfit.length === 0 ? undefined : lacks;
}
