import { ConditionBuilder } from '../filter/condition-builder.ts';
import { ConditionText } from '../filter/condition-text.ts';
import { fromUnicode, toUnicode } from '../model/byte-string.ts';
import type { AlertRule } from '../model/alert.ts';
import { extraFields, extraOutputs, type OutputAppend } from '../output/append-output.ts';
import { parseTemplate } from '../output/parse-template.ts';
import type { ExtraField, Template } from '../output/template.ts';
import { DEPRECATED_FIELDS } from './codes.ts';
import type { RuleItem } from './items.ts';
import { LoadError } from './load-error.ts';
import { AvailableFields } from './plugins.ts';
import type { Report } from './report.ts';

/** The output of a rule, checked. */
export interface CompiledOutput {
  readonly text: string;
  readonly template: Template;
}

const CONTAINER_INFO = '%container.info';
const CONTAINER_INFO_IS_DEPRECATED =
  '%container.info is deprecated and no more useful, and will be dropped by Falco 1.0.0. The container plugin will automatically add required fields to the output message.';
/** What Falco says of a `%` that begins no field; a quote is missing in it. */
const NO_FIELD = "unknown filter: unexpected token after '";

/** Adds what the configuration adds to the output of a rule and checks it. Throws LOAD_ERR_COMPILE_OUTPUT. */
export function compileOutput(
  rule: RuleItem,
  alertRule: AlertRule,
  appends: readonly OutputAppend[],
  fields: AvailableFields,
  report: Report,
): CompiledOutput {
  const text = withoutContainerInfo(
    appended(rule.output, extraOutputs(alertRule, appends, fields.statics)),
    rule,
    report,
  );
  const template = checkedTemplate(text, rule, fields);
  warnDeprecated(text.value, rule, report);
  return { text: toUnicode(text.value), template };
}

/** Checks the fields that the configuration puts beside the output of a rule. Throws LOAD_ERR_COMPILE_OUTPUT. */
export function compileExtraFields(
  rule: RuleItem,
  alertRule: AlertRule,
  appends: readonly OutputAppend[],
  fields: AvailableFields,
  report: Report,
): readonly ExtraField[] {
  return extraFields(alertRule, appends).map(({ key, format, raw }) => {
    const text = ConditionText.ofText(format, 'append_output');
    const template = checkedTemplate(text, rule, fields);
    warnDeprecated(text.value, rule, report);
    return { key, template, raw };
  });
}

function appended(output: ConditionText, texts: readonly string[]): ConditionText {
  if (texts.length === 0) return output;
  const builder = new ConditionBuilder().append(output);
  for (const text of texts) builder.glue(' ', output).append(ConditionText.ofText(text, 'append_output'));
  return builder.build();
}

function withoutContainerInfo(output: ConditionText, rule: RuleItem, report: Report): ConditionText {
  if (!output.value.includes(CONTAINER_INFO)) return output;
  report.warn('LOAD_DEPRECATED_ITEM', CONTAINER_INFO_IS_DEPRECATED, rule.context);
  const builder = new ConditionBuilder();
  let from = 0;
  for (let at = output.value.indexOf(CONTAINER_INFO); at !== -1; at = output.value.indexOf(CONTAINER_INFO, from)) {
    builder.append(output, from, at);
    from = at + CONTAINER_INFO.length;
  }
  builder.append(output, from);
  return builder.length === 0 ? output.slice(0, 0) : builder.build();
}

function checkedTemplate(text: ConditionText, rule: RuleItem, available: AvailableFields): Template {
  const result = parseTemplate(text, available.find);
  if (result.template === undefined) {
    const { message, span, hint } = result.problem;
    throw outputError(message, rule, span, hint);
  }
  for (const [name, { row }] of result.template.fields) {
    if (available.has(row)) continue;
    const at = text.value.indexOf(fromUnicode(name));
    const span = text.span(at, at + name.length);
    const hint = `the field is one of the plugin ${AvailableFields.pluginOf(row)}, which is not loaded`;
    throw outputError(NO_FIELD, rule, span, hint);
  }
  return result.template;
}

function outputError(
  message: string,
  rule: RuleItem,
  span: ReturnType<ConditionText['span']>,
  hint?: string,
): LoadError {
  return new LoadError('LOAD_ERR_COMPILE_OUTPUT', message, rule.outputContext.withSpan(span), hint);
}

function warnDeprecated(output: string, rule: RuleItem, report: Report): void {
  for (const field of DEPRECATED_FIELDS) {
    if (!output.includes(field)) continue;
    const message = `usage of deprecated field '${field}' has been detected in the rule output`;
    report.warnDeprecated(field, message, rule.outputContext);
  }
}
