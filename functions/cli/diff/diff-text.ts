import type { ChangeKind, ChangeReport, Example } from '../../../engine/change/change-report.ts';
import {
  alertsByEdit,
  alertsText,
  blocksOf,
  causeText,
  placeText,
  tracesText,
  type Block,
} from '../../../engine/change/report-words.ts';
import { differenceLines } from '../../../engine/change/rule-words.ts';
import { counted } from '../../../engine/change/verdict.ts';

/** Lines that a terminal shows of each thing before it says how many more there are. */
const MOST = { blocks: 40, places: 8, edits: 40, reasons: 15, examples: 3, named: 5 } as const;

const HEADS: Readonly<Record<ChangeKind, string>> = { vanished: 'GONE', appeared: 'NEW', changed: 'CHANGED' };
const COLORS: Readonly<Record<ChangeKind, number>> = { vanished: 31, appeared: 33, changed: 36 };

/** A report for people at a terminal: the verdict, what happened and why, what was edited. */
export function diffText(report: ChangeReport, color: boolean): string {
  const { verdict, totals, version, groups } = report;
  const paint = (text: string, code: number) => (color ? `\x1b[1;${code}m${text}\x1b[0m` : text);
  const blocks = blocksOf(groups);
  const shown = blocks.slice(0, MOST.blocks);
  const kinds = ['vanished', 'appeared', 'changed'] as const;
  return [
    paint(verdict, 1),
    '',
    `  traces   ${tracesText(totals)}, ${totals.events.toLocaleString('en')} events`,
    `  alerts   ${alertsText(totals)}`,
    `  version  ${version.level}`,
    ...(totals.unlabelled > 0 && totals.workloads.attack + totals.workloads.benign > 0 ? [UNLABELLED] : []),
    ...kinds.flatMap((kind) => {
      const some = shown.filter((block) => block.kind === kind);
      return some.length === 0 ? [] : ['', paint(HEADS[kind], COLORS[kind]), ...some.flatMap(blockLines)];
    }),
    ...more(blocks.length - shown.length, 'group', 'groups', '  '),
    ...editLines(report),
    ...listed('WHAT DIFFERS BY ITSELF', differenceLines(report.difference)),
    ...listed(
      `WHY ${version.level.toUpperCase()}`,
      version.reasons.map(({ level, text }) => `${level.padEnd(5)}  ${text}`),
    ),
    '',
  ].join('\n');
}

const UNLABELLED =
  '  note     traces that are labelled neither attack nor benign count for neither: say --attack or --benign';

function blockLines({ head, cause, groups }: Block): string[] {
  const wide = Math.max(...groups.map(({ count }) => String(count).length));
  return [
    '',
    `  ${head}`,
    `    because ${causeText(cause)}`,
    ...cause.edits.slice(0, MOST.named).flatMap((edit) => {
      const place = placeText(edit);
      return place === '' ? [] : [`            ${place}`];
    }),
    ...groups.slice(0, MOST.places).flatMap(({ count, workload, image, examples }, place) => {
      const label = workload.label === 'unknown' ? '' : `${workload.label}, `;
      const line = `    ${String(count).padStart(wide)} x ${workload.name} (${label}${image})`;
      return [line, ...examples.slice(0, examplesAt(place, groups.length)).flatMap(exampleLines)];
    }),
    ...more(groups.length - MOST.places, 'place', 'places', '    '),
  ];
}

/** Three examples in all: of one place, or of the first places. */
function examplesAt(place: number, places: number): number {
  if (places === 1) return MOST.examples;
  return place < MOST.examples ? 1 : 0;
}

function exampleLines({ eventNumber, before, after }: Example): string[] {
  return [
    ...(before === undefined ? [] : [`      - #${eventNumber} ${oneLine(before.output)}`]),
    ...(after === undefined ? [] : [`      + #${eventNumber} ${oneLine(after.output)}`]),
  ];
}

function oneLine(output: string): string {
  return output.replaceAll(/[\r\n]+/g, ' ');
}

function editLines(report: ChangeReport): string[] {
  const alerts = alertsByEdit(report);
  const ofEdit = (number: number) => alerts.get(number) ?? 0;
  const edits = report.edits.toSorted((a, b) => ofEdit(b.number) - ofEdit(a.number));
  const wide = Math.max(0, ...edits.map(({ number }) => String(ofEdit(number)).length));
  return listed(
    'EDITS, WITH THE ALERTS THAT EACH CHANGED',
    edits.map((edit) => {
      const place = placeText(edit);
      return `${String(ofEdit(edit.number)).padStart(wide)}  ${edit.text}${place === '' ? '' : `  [${place}]`}`;
    }),
    MOST.edits,
  );
}

function listed(head: string, lines: readonly string[], most: number = MOST.reasons): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, most).map((line) => `  ${line}`);
  return ['', head, ...shown, ...more(lines.length - most, 'line', 'lines', '  ')];
}

function more(count: number, one: string, several: string, indent: string): string[] {
  return count > 0 ? [`${indent}and ${counted(count, one, several)} more; --json has all`] : [];
}
