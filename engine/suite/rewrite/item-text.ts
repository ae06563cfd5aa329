import type { Alert } from '../../model/alert.ts';

/** Different outputs of one rule that are written out; more are only counted. */
const MOST_OUTPUTS = 5;

/** Items of `expect` for alerts that came, without indentation: one for each output of a rule, or a count. */
export function alertItems(alerts: readonly Alert[]): string[] {
  const byRule = new Map<string, Map<string, number>>();
  for (const { rule, message } of alerts) {
    const outputs = byRule.get(rule) ?? new Map<string, number>();
    byRule.set(rule, outputs.set(message, (outputs.get(message) ?? 0) + 1));
  }
  return [...byRule].flatMap(([rule, outputs]) => {
    const total = [...outputs.values()].reduce((sum, count) => sum + count, 0);
    if (outputs.size > MOST_OUTPUTS) return [itemText(rule, total, undefined)];
    return [...outputs].map(([output, count]) => itemText(rule, count, output));
  });
}

function itemText(rule: string, count: number, output: string | undefined): string {
  return [
    `- alert: ${scalarText(rule)}`,
    ...(count === 1 ? [] : [`  times: ${count}`]),
    ...(output === undefined ? [] : [`  output: ${scalarText(output.trim())}`]),
  ].join('\n');
}

/** A text as YAML writes it on one line: plain where that is safe, else in double quotes. */
export function scalarText(text: string): string {
  const isPlain =
    /^[A-Za-z/.][^\n\r\t]*$/.test(text) &&
    !/: |:$| #/.test(text) &&
    !SPECIAL.test(text) &&
    !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text) &&
    text === text.trim();
  return isPlain ? text : JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escapeOf);
}

/** What YAML reads as something else, or people can't see. */
const SPECIAL = /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

function escapeOf(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Lines moved to the right. */
export function indented(text: string, columns: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(columns));
}

/** An `in order` of rules. */
export function orderText(rules: readonly string[]): string {
  return `- in order: [${rules.map((rule) => (/[,[\]{}]/.test(rule) ? JSON.stringify(rule) : scalarText(rule))).join(', ')}]`;
}
