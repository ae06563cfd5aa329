import { counted } from './editor.ts';
import { byId, element } from './element.ts';
import type { Finding, Problem } from './service.ts';

/** Alerts that are drawn; a page with more helps nobody, and all are counted. */
const DRAWN = 500;

/** So few rules that never fired are shown at once. */
const UNFOLDED = 3;

/** An alert as Falco prints it in JSON. */
export interface Alert {
  readonly rule: string;
  readonly priority: string;
  readonly time: string;
  readonly output: string;
  readonly tags: readonly string[];
  readonly output_fields: Readonly<Record<string, unknown>>;
}

/** What a run says at its end, numbers as `Digits`. */
export interface RunReport {
  readonly events: unknown;
  readonly alerts: unknown;
  readonly rules: readonly { readonly rule: string; readonly enabled: boolean; readonly fired: unknown }[];
  readonly diagnostics: readonly Finding[];
}

/** Where a run's alerts and its summary are shown. */
export class Outcome {
  readonly #place = byId('outcome');
  readonly #summary = element('div', { class: 'summary' });
  readonly #alerts = element('ol', { class: 'alerts' });
  #count = 0;

  /** Clears the place for a new run. */
  begin(): void {
    this.#count = 0;
    this.#alerts.replaceChildren();
    this.#summary.replaceChildren(element('p', { class: 'running', text: 'Running' }));
    this.#place.replaceChildren(this.#summary, this.#alerts);
  }

  /** Adds an alert. */
  add(alert: Alert): void {
    this.#count++;
    if (this.#count <= DRAWN) this.#alerts.append(alertRow(alert));
  }

  /** Closes the run with its numbers. */
  end(report: RunReport): void {
    const headline = `${counted(this.#count, 'alert')} from ${counted(Number(report.events), 'event')}`;
    const hidden = this.#count > DRAWN ? ` The first ${DRAWN} are shown.` : '';
    this.#summary.replaceChildren(
      element('p', { class: `headline ${this.#count > 0 ? 'fired' : 'silent'}`, text: headline + hidden }),
      ...tally(report),
      ...findings(report.diagnostics),
    );
  }

  /** Says why there is no result. */
  fail({ title, detail, hint }: Pick<Problem, 'title' | 'detail' | 'hint'>): void {
    this.#summary.replaceChildren(
      element('p', { class: 'headline failed', text: title }),
      element('p', { class: 'detail', text: detail }),
      ...(hint === undefined ? [] : [element('p', { class: 'advice', text: hint })]),
    );
  }
}

function alertRow({ rule, priority, time, output, tags, output_fields: fields }: Alert): HTMLLIElement {
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { class: `priority p-${priority.toLowerCase()}`, text: priority }),
      element('span', { class: 'rule', text: rule }),
      element('time', { text: time.slice(11, 23), attributes: { datetime: time, title: time } }),
      element('span', { class: 'output', text: message(output, priority) }),
    ),
    fieldTable(fields),
    ...(tags.length === 0
      ? []
      : [element('p', { class: 'tags' }, ...tags.map((tag) => element('span', { text: tag })))]),
  );
  return element('li', {}, details);
}

/** Falco's line begins with time and priority, which stand in columns of their own here. */
function message(output: string, priority: string): string {
  const at = output.indexOf(`${priority} `);
  return at === -1 ? output : output.slice(at + priority.length + 1);
}

function fieldTable(fields: Alert['output_fields']): HTMLTableElement {
  const rows = Object.entries(fields).map(([name, value]) =>
    element(
      'tr',
      {},
      element('th', { text: name, attributes: { scope: 'row' } }),
      element('td', { text: value === null ? 'no value' : String(value), class: value === null ? 'none' : '' }),
    ),
  );
  return element('table', { class: 'fields' }, element('tbody', {}, ...rows));
}

/** Rules that fired, most often first; the others are folded away. */
function tally({ rules }: RunReport): HTMLElement[] {
  const count = ({ fired }: RunReport['rules'][number]): number => Number(fired);
  const fired = rules.filter((rule) => count(rule) > 0).toSorted((a, b) => count(b) - count(a));
  const silent = rules.filter((rule) => count(rule) === 0);
  const folded = element(
    'details',
    { class: 'never' },
    element('summary', { text: `${counted(silent.length, 'rule')} never fired` }),
    element('ul', { class: 'tally' }, ...silent.map(tallyRow)),
  );
  if (silent.length <= UNFOLDED) folded.open = true;
  return [
    ...(fired.length === 0 ? [] : [element('ul', { class: 'tally' }, ...fired.map(tallyRow))]),
    ...(silent.length === 0 ? [] : [folded]),
  ];
}

function tallyRow({ rule, enabled, fired }: RunReport['rules'][number]): HTMLLIElement {
  const count = Number(fired);
  const words = !enabled ? 'disabled' : count === 0 ? 'never' : count === 1 ? 'once' : `${String(fired)} times`;
  return element(
    'li',
    { class: count > 0 ? 'fired' : 'silent' },
    element('span', { class: 'rule', text: rule }),
    element('span', { class: 'times', text: words }),
  );
}

function findings(list: readonly Finding[]): HTMLElement[] {
  return list
    .filter(({ severity }) => severity !== 'lint')
    .map(({ severity, message: text }) => element('p', { class: `finding ${severity}`, text }));
}
