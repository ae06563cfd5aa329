import type { Alert } from '../../model/alert.ts';

/** Different outputs of one rule that are written out; more are only counted. */
const MOST_OUTPUTS = 5;

/** An item of `expect` in both ways of YAML. */
export interface Item {
  /** On lines of its own, beginning with a dash, without indentation. */
  readonly block: string;
  /** Between brackets. */
  readonly flow: string;
}

/** Items of `expect` for alerts that came: one for each output of a rule, or a count. */
export function alertItems(alerts: readonly Alert[]): Item[] {
  const byRule = new Map<string, Map<string, number>>();
  for (const { rule, message } of alerts) {
    const outputs = byRule.get(rule) ?? new Map<string, number>();
    byRule.set(rule, outputs.set(message, (outputs.get(message) ?? 0) + 1));
  }
  return [...byRule].flatMap(([rule, outputs]) => {
    const total = [...outputs.values()].reduce((sum, count) => sum + count, 0);
    if (outputs.size > MOST_OUTPUTS) return [alertItem(rule, total, undefined)];
    return [...outputs].map(([output, count]) => alertItem(rule, count, output));
  });
}

function alertItem(rule: string, count: number, output: string | undefined): Item {
  const pairs = [
    ['alert', rule],
    ...(count === 1 ? [] : [['times', String(count)]]),
    ...(output === undefined ? [] : [['output', output.trim()]]),
  ] as [string, string][];
  const value = (key: string, text: string): string => (key === 'times' ? text : scalarText(text));
  return {
    block: `- ${pairs.map(([key, text]) => `${key}: ${value(key, text)}`).join('\n  ')}`,
    flow: `{ ${pairs.map(([key, text]) => `${key}: ${key === 'times' ? text : JSON.stringify(text)}`).join(', ')} }`,
  };
}

/** The item that forbids all other rules. */
export const NO_OTHERS: Item = { block: '- no other alerts', flow: 'no other alerts' };

/** An `in order` of rules. */
export function orderItem(rules: readonly string[]): Item {
  const list = rules.map((rule) => (/[,[\]{}]/.test(rule) ? JSON.stringify(rule) : scalarText(rule))).join(', ');
  return { block: `- in order: [${list}]`, flow: `{ in order: [${list}] }` };
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
