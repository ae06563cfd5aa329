import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import type { Span } from '../model/source.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { AlertPattern, Expectation } from '../scenario/expect.ts';

/** Says of each rule that is named in expectations and that is not among the rules. */
export function unknownRules(expected: readonly Expectation[], ruleSet: RuleSet): Diagnostic[] {
  return patternsOf(expected).flatMap(({ rule, span }) => unknownRule(rule, span, ruleSet));
}

/** Says of each actor that is named in expectations and that the story does not have. */
export function unknownActors(expected: readonly Expectation[], names: Iterable<ByteString>): Diagnostic[] {
  const known = [...names];
  return patternsOf(expected).flatMap(({ by, span }): Diagnostic[] => {
    if (by === undefined || known.includes(by)) return [];
    const near = nearest(by, known);
    const message = `nobody in this story is called '${toUnicode(by)}'`;
    const hint = near === undefined ? {} : { hint: `did you mean '${toUnicode(near)}'?` };
    return [{ code: 'SCENARIO_UNKNOWN_ACTOR', severity: 'error', message, span, ...hint }];
  });
}

/** All that expectations say of single alerts. */
export function patternsOf(expected: readonly Expectation[]): AlertPattern[] {
  return expected.flatMap((one): readonly AlertPattern[] => {
    if (one.kind === 'alert' || one.kind === 'no alert') return [one];
    return one.kind === 'in order' ? one.alerts : [];
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
