import type { Condition } from '../compare/condition.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { toUnicode } from '../model/byte-string.ts';
import { eventCode } from '../model/event-types.ts';
import type { OutputAppend } from '../output/append-output.ts';
import { CodeSet } from './code-set.ts';
import type { Compilation, Kept } from './compilation.ts';
import { compileExtraFields, compileOutput, type CompiledOutput } from './compile-output.ts';
import type { RuleItem } from './items.ts';
import { LoadError } from './load-error.ts';
import type { AvailableFields } from './plugins.ts';
import { renderExceptions } from './render-exceptions.ts';
import { reportCondition, skips } from './report-condition.ts';
import type { Report } from './report.ts';
import type { Rule } from './rule-set.ts';
import { appendLints } from './text-lints.ts';

/** What rules are compiled with. */
export interface RuleCompiler {
  readonly compilation: Compilation;
  readonly kept: Kept;
  readonly appends: readonly OutputAppend[];
  readonly fields: AvailableFields;
  readonly report: Report;
}

/** With more event codes than this, or none, Falco warns. */
const MOST_EVENT_CODES = 100;
/** Every rule is tried on events that plugins send. */
const ALWAYS = CodeSet.of([eventCode('ASYNCEVENT_E')]);

/** Compiles a rule, or gives undefined for one that asked to be skipped. Throws at the first error. */
export function compileRule(rule: RuleItem, number: number, by: RuleCompiler): Rule | undefined {
  const { text: shown, fields: exceptionFields } = renderExceptions(rule.condition, rule.exceptions);
  const name = toUnicode(rule.name);
  const alertRule = { name, priority: rule.priority, source: toUnicode(rule.source), tags: rule.tags.map(toUnicode) };
  const output = unlessSkipped(rule, by.report, () => compileOutput(rule, alertRule, by.appends, by.fields, by.report));
  if (output === undefined) return undefined;
  const extraFields = compileExtraFields(rule, alertRule, by.appends, by.fields, by.report);
  const parsed = by.compilation.read(rule.condition, shown, rule.conditionContext);
  for (const advice of appendLints(parsed.expression, rule.condition)) by.report.advise(advice);
  const expression = by.compilation.resolve(parsed, shown, rule.context, () => true);
  by.kept.sizes.add(expression, rule.conditionContext);
  const condition = unlessSkipped(rule, by.report, () => checkedCondition(rule, shown, expression, by));
  if (condition === undefined) return undefined;
  const codes = by.kept.checks.eventCodes(expression);
  warnEventTypes(rule, codes.size, by.report);
  return {
    ...alertRule,
    number,
    description: toUnicode(rule.description),
    enabled: rule.enabled,
    capture: rule.capture,
    captureDuration: rule.captureDuration,
    outputText: output.text,
    output: output.template,
    extraFields,
    written: parsed.expression,
    expression,
    condition,
    eventCodes: codes.union(ALWAYS).toSet(),
    exceptions: rule.exceptions.map(({ name: called, place }) => ({ name: toUnicode(called), place })),
    exceptionFields: [...exceptionFields].map(toUnicode).toSorted(),
    span: rule.context.span,
  };
}

function checkedCondition(
  rule: RuleItem,
  shown: ConditionText,
  expression: Rule['expression'],
  { kept, report }: RuleCompiler,
): Condition {
  const checked = kept.checks.check(expression);
  const error = reportCondition(checked, rule, shown, report);
  if (error !== undefined) throw error;
  return checked.condition as Condition;
}

/** What a step gives, or undefined when it failed in a way that the rule asked to be skipped for. */
function unlessSkipped<Result extends CompiledOutput | Condition>(
  rule: RuleItem,
  report: Report,
  step: () => Result,
): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof LoadError && skips(rule, error, report)) return undefined;
    throw error;
  }
}

function warnEventTypes(rule: RuleItem, count: number, report: Report): void {
  if (!rule.warnEventTypes || (count > 0 && count <= MOST_EVENT_CODES)) return;
  const hint =
    count === 0
      ? 'no event has all the types that the condition asks for: the rule never fires on a syscall'
      : 'say which events the rule is about: evt.type in (open, openat, openat2)';
  report.warn(
    'LOAD_NO_EVTTYPE',
    'Rule matches too many evt.type values. This has a significant performance penalty.',
    rule.context,
    hint,
  );
}
