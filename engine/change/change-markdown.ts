import type { ChangeKind, ChangeReport } from './change-report.ts';
import type { Edit } from './edit.ts';
import { alertsByEdit, alertsText, blocksOf, causeText, placeText, tracesText, type Block } from './report-words.ts';
import { differenceLines } from './rule-words.ts';
import { counted } from './verdict.ts';

/** Blocks, lines of a block, edits and reasons that a comment shows; a pull request takes 65,536 characters. */
const MOST = { blocks: 40, lines: 10, edits: 60, reasons: 20 } as const;

const HEADS: Readonly<Record<ChangeKind, string>> = { vanished: 'Gone', appeared: 'New', changed: 'Changed' };

/** A report as Markdown, for a comment on a pull request. */
export function changeMarkdown(report: ChangeReport): string {
  const { verdict, totals, version, groups, edits } = report;
  const blocks = blocksOf(groups);
  const shown = blocks.slice(0, MOST.blocks);
  return [
    `## ${escape(verdict)}`,
    '',
    `${tracesText(totals)}. Alerts: ${alertsText(totals)}. Version: **${version.level}**.`,
    '',
    ...(['vanished', 'appeared', 'changed'] as const).flatMap((kind) => section(kind, shown)),
    ...more(blocks.length - shown.length, 'group', 'groups'),
    ...(edits.length === 0 ? [] : editTable(report)),
    ...details('What differs by itself', differenceLines(report.difference).map(escape)),
    ...details(
      `Why ${version.level}`,
      version.reasons.map(({ level, text }) => `**${level}**: ${code(text)}`),
    ),
  ].join('\n');
}

function section(kind: ChangeKind, blocks: readonly Block[]): string[] {
  const some = blocks.filter((block) => block.kind === kind);
  if (some.length === 0) return [];
  return [`### ${HEADS[kind]}`, '', ...some.flatMap(blockLines), ''];
}

function blockLines({ head, cause, groups }: Block): string[] {
  const lines = groups.slice(0, MOST.lines).map(({ workload, image, count }) => {
    const label = workload.label === 'unknown' ? '' : ` (${workload.label})`;
    return `  - ${count} × ${escape(workload.name)}${label}, ${escape(image)}`;
  });
  const examples = groups.flatMap((group) => group.examples).slice(0, 3);
  return [
    `- **${escape(head)}**`,
    `  because ${code(causeText(cause))}${places(cause.edits)}`,
    ...lines,
    ...more(groups.length - MOST.lines, 'place', 'places').map((line) => (line === '' ? line : `  - ${line}`)),
    '  ```diff',
    ...examples.flatMap(({ eventNumber, before, after }) => [
      `  # event ${eventNumber}`,
      ...(before === undefined ? [] : [`  - ${oneLine(before.output)}`]),
      ...(after === undefined ? [] : [`  + ${oneLine(after.output)}`]),
    ]),
    '  ```',
  ];
}

function places(edits: readonly Edit[]): string {
  const known = edits.map(placeText).filter((place) => place !== '');
  return known.length === 0 ? '' : ` (${escape([...new Set(known)].slice(0, 5).join('; '))})`;
}

function editTable(report: ChangeReport): string[] {
  const { edits } = report;
  const alerts = alertsByEdit(report);
  const byEffect = edits.toSorted((a, b) => (alerts.get(b.number) ?? 0) - (alerts.get(a.number) ?? 0));
  const rows = byEffect.slice(0, MOST.edits).map((edit) => {
    const count = alerts.get(edit.number) ?? 0;
    return `| ${code(edit.text)} | ${escape(placeText(edit))} | ${count === 0 ? '' : count} |`;
  });
  return [
    ...fold(counted(edits.length, 'edit', 'edits'), [
      '| edit | where | changed alerts |',
      '|---|---|---|',
      ...rows,
      ...more(edits.length - MOST.edits, 'edit', 'edits'),
    ]),
  ];
}

function details(head: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const items = lines.slice(0, MOST.reasons).map((line) => `- ${line}`);
  return fold(head, [...items, ...more(lines.length - MOST.reasons, 'line', 'lines')]);
}

function fold(head: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${escape(head)}</summary>`, '', ...lines, '', '</details>', ''];
}

function more(count: number, one: string, several: string): string[] {
  return count > 0 ? [`and ${counted(count, one, several)} more`, ''] : [];
}

/** A text that holds pieces in backquotes; what is around them is escaped. */
function code(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 0 ? escape(part) : `\`${oneLine(part).replaceAll('|', '\\|')}\``))
    .join('');
}

/** A text in which nothing is taken for Markdown, HTML or the name of somebody. */
function escape(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_[\]#|~]/g, (letter) => `\\${letter}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('```', "'''");
}
