import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import type { Span } from '../model/source.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Expectation } from '../scenario/expect.ts';

/** Says of each rule that is named in expectations and that is not among the rules. */
export function unknownRules(expected: readonly Expectation[], ruleSet: RuleSet): Diagnostic[] {
  return expected.flatMap((one) => {
    if (one.kind === 'alert' || one.kind === 'no alert') return unknownRule(one.rule, one.span, ruleSet);
    return one.kind === 'in order' ? one.alerts.flatMap(({ rule, span }) => unknownRule(rule, span, ruleSet)) : [];
  });
}

/** Says that a rule is not among the rules; nothing when it is. */
export function unknownRule(rule: string, span: Span, { rules }: RuleSet): Diagnostic[] {
  if (rules.some(({ name }) => name === rule)) return [];
  const near = nearest(
    rule,
    rules.map(({ name }) => name),
  );
  const message = `there is no rule '${rule}' among the rules`;
  const hint =
    near === undefined
      ? `there are ${rules.length} rules; 'creance check' tells which files load`
      : `did you mean '${near}'?`;
  return [{ code: 'TEST_UNKNOWN_RULE', severity: 'error', message, span, hint }];
}
