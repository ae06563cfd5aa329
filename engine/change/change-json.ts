import type { Span } from '../model/source.ts';
import type { ChangeGroup, ChangeReport } from './change-report.ts';
import type { Edit } from './edit.ts';
import { alertsByEdit, causeText } from './report-words.ts';

/**
 * A report as one JSON value. Times are nanoseconds since the epoch with all their digits; lines count from 1.
 *
 * @param more further members, ready to be written
 */
export function changeJson(report: ChangeReport, more: Readonly<Record<string, unknown>> = {}): string {
  const { verdict, totals, version, groups, edits, workloads, difference } = report;
  const alerts = alertsByEdit(report);
  return JSON.stringify({
    verdict,
    totals,
    version,
    groups: groups.map(groupJson),
    edits: edits.map((edit) => editJson(edit, alerts.get(edit.number) ?? 0)),
    workloads,
    difference,
    ...more,
  }).replaceAll(TIME, '"time":$1');
}

/** A time as it is put into the JSON text before its quotes are taken away. No quote in a text is without a backslash. */
const TIME = /"time":"ns(-?\d+)"/g;

function groupJson({ workload, cause, examples, ...group }: ChangeGroup): object {
  return {
    ...group,
    workload: workload.name,
    label: workload.label,
    cause: { how: cause.how, edits: cause.edits.map(({ number }) => number), text: causeText(cause) },
    examples: examples.map(({ eventNumber, time, before, after }) => ({
      event: eventNumber,
      time: `ns${time}`,
      before,
      after,
    })),
  };
}

function editJson({ span, ...edit }: Edit, alerts: number): object {
  return { ...edit, ...(span !== undefined && placeJson(span)), alerts };
}

function placeJson({ source, start }: Span): object {
  const { line, column } = source.position(start);
  return { source: source.name, line: line + 1, column: column + 1 };
}
