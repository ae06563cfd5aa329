import type { Report } from '../../engine/model/report.ts';

/**
 * What a run came to, for people: rules that fired, most often first, how many never did, and those that the trace can't
 * decide, with what it lacks.
 */
export function summaryText({ events, alerts, rules }: Report): string {
  const active = rules.filter((rule) => rule.enabled);
  const fired = active.filter((rule) => rule.fired > 0).toSorted((a, b) => b.fired - a.fired);
  const open = active.filter((rule) => rule.undecidable !== undefined);
  const wide = Math.max(0, ...fired.map((rule) => String(rule.fired).length));
  return [
    '',
    `${alerts} ${alerts === 1 ? 'alert' : 'alerts'} in ${events} events`,
    ...fired.map((rule) => `  ${String(rule.fired).padStart(wide)}  ${rule.rule} (${rule.priority})`),
    `${active.length - fired.length} of ${active.length} rules never fired`,
    ...(open.length === 0 ? [] : [`${open.length} of ${active.length} rules ask what this trace does not carry`]),
    ...open.map(({ rule, undecidable }) => `  ${rule} (${undecidable})`),
    '',
  ].join('\n');
}

/** The same for machines, on a line of its own with the one key `summary`. */
export function summaryJson({ events, alerts, rules }: Report): string {
  return `${JSON.stringify({ summary: { events, alerts, rules } })}\n`;
}
