import type { ConditionText } from '../filter/condition-text.ts';
import { fromUnicode } from '../model/byte-string.ts';
import { DEPRECATED_FIELDS, deprecatedFieldText } from './codes.ts';
import type { CheckedExpression } from './condition-checks.ts';
import type { RuleItem } from './items.ts';
import { LoadError } from './load-error.ts';
import type { Report } from './report.ts';

/** What an error must say for `skip-if-unknown-filter` to forgive it. */
const SKIPPABLE: readonly string[] = [
  'nonexistent field',
  'invalid formatting token',
  'unknown event type',
  'unknown filter:',
];

/** True for an error that the rule asked to be skipped for; the rule is left out with a warning instead. */
export function skips(rule: RuleItem, error: LoadError, report: Report): boolean {
  if (!rule.skipIfUnknownFilter || !SKIPPABLE.some((words) => error.message.includes(words))) return false;
  report.warn('LOAD_UNKNOWN_FILTER', fromUnicode(error.message), error.context, error.hint);
  return true;
}

/** Reports what a condition was found to be, in Falco's order; gives the error that it has. `shown` is the condition as Falco shows it. */
export function reportCondition(
  checked: CheckedExpression,
  rule: RuleItem,
  shown: ConditionText,
  report: Report,
): LoadError | undefined {
  const { conditionContext } = rule;
  const whole = () => conditionContext.inCondition(shown.value, undefined, conditionContext.span);
  if (checked.unsafe) report.warn('LOAD_UNSAFE_NA_CHECK', '', whole(), "ask whether a field has a value by 'exists'");
  for (const number of checked.deprecated) {
    const field = DEPRECATED_FIELDS[number] as string;
    report.warnDeprecated(field, deprecatedFieldText(field), whole());
  }
  for (const lint of checked.lints) report.advise(lint);
  if (checked.error !== undefined && checked.error.code !== 'RUNTIME_EXCEPTION') return errorOf(checked, rule, shown);
  for (const { code, message, span, hint } of checked.warnings) {
    if (span === undefined) continue;
    report.warn(code, fromUnicode(message), conditionContext.atPart(shown.value, span, 'part'), hint);
  }
  return errorOf(checked, rule, shown);
}

function errorOf({ error }: CheckedExpression, rule: RuleItem, shown: ConditionText): LoadError | undefined {
  if (error === undefined) return undefined;
  const { code, message, hint } = error;
  const context = rule.conditionContext.atPart(shown.value, error.span ?? rule.conditionContext.span, 'check');
  return new LoadError(code, fromUnicode(message), context, hint);
}
