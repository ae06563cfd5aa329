import type { Cause } from './cause.ts';
import type { ChangeGroup, ChangeKind, ChangeReport, Totals } from './change-report.ts';
import type { Edit, Means } from './edit.ts';
import { counted } from './verdict.ts';

/** How an edit came about, behind its text. */
const MEANS: Readonly<Record<Means, string>> = {
  append: 'by an append',
  override: 'by an override',
  redefinition: 'where it is defined again',
};

/** Groups of one kind, rule and cause: what a paragraph of a report is about. */
export interface Block {
  readonly kind: ChangeKind;
  readonly cause: Cause;
  /** What happened, with the number of alerts. */
  readonly head: string;
  readonly count: number;
  readonly groups: readonly ChangeGroup[];
}

/** The groups of a report put together by kind, rule and cause, largest first. */
export function blocksOf(groups: readonly ChangeGroup[]): Block[] {
  const blocks = new Map<string, ChangeGroup[]>();
  for (const group of groups) {
    const { kind, rule, ruleAfter, aspects, turn, cause } = group;
    const key = [kind, rule, ruleAfter, aspects, turn, causeText(cause)].join('\n');
    const known = blocks.get(key);
    if (known === undefined) blocks.set(key, [group]);
    else known.push(group);
  }
  const all = [...blocks.values()].map((some) => {
    const [first] = some as [ChangeGroup];
    const count = some.reduce((sum, group) => sum + group.count, 0);
    return { kind: first.kind, cause: first.cause, head: headOf(first, count), count, groups: some };
  });
  return all.toSorted((a, b) => b.count - a.count);
}

function headOf({ kind, rule, ruleAfter, aspects, turn }: ChangeGroup, count: number): string {
  const alerts = counted(count, 'alert', 'alerts');
  if (kind === 'vanished') return `${rule}: ${alerts} gone`;
  if (kind === 'appeared') return `${rule}: ${counted(count, 'new alert', 'new alerts')}`;
  if (ruleAfter === undefined) return `${rule}: ${alerts} with another ${aspects.join(' and ')}`;
  const why = {
    shadowed: ', which hides it',
    uncovered: ', which it hid before',
    replaced: '',
  }[turn ?? 'replaced'];
  return `${rule}: ${alerts} now told by ${ruleAfter}${why}`;
}

/** A cause in a sentence without its end. */
export function causeText({ how, edits }: Cause): string {
  if (how === 'unsearched') return 'of more edits than could be tried';
  const texts = edits.map(({ text }) => text);
  if (how === 'alone') return texts[0] ?? '';
  const shown =
    texts.length > MOST_NAMED ? [...texts.slice(0, MOST_NAMED), `${texts.length - MOST_NAMED} more`] : texts;
  return `${shown.join('; and ')} (${how === 'each' ? 'each is enough' : 'only together'})`;
}

/** Edits that one cause names. */
const MOST_NAMED = 5;

/** Where an edit is written, and by what means: `rules.yaml:12, by an append`. */
export function placeText({ span, means }: Edit): string {
  const where = span === undefined ? '' : `${span.source.name}:${span.source.position(span.start).line + 1}`;
  const how = means === undefined ? '' : MEANS[means];
  return [where, how].filter((part) => part !== '').join(', ');
}

/** How many changed alerts each edit is a cause of. */
export function alertsByEdit({ groups }: Pick<ChangeReport, 'groups'>): Map<number, number> {
  const alerts = new Map<number, number>();
  for (const { cause, count } of groups) {
    for (const { number } of cause.edits) alerts.set(number, (alerts.get(number) ?? 0) + count);
  }
  return alerts;
}

/** What was run: `60 traces (30 attacks, 30 benign)`. */
export function tracesText({ workloads }: Totals): string {
  const { attack, benign, unknown } = workloads;
  const parts = [
    attack === 0 ? '' : counted(attack, 'attack', 'attacks'),
    benign === 0 ? '' : `${benign} benign`,
    unknown === 0 ? '' : `${unknown} unlabelled`,
  ].filter((part) => part !== '');
  return `${counted(attack + benign + unknown, 'trace', 'traces')}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** Alerts before and after: `145 before, 142 after: 15 gone, 12 new, 3 changed`. */
export function alertsText({ alertsBefore, alertsAfter, vanished, appeared, changed }: Totals): string {
  return `${alertsBefore} before, ${alertsAfter} after: ${vanished} gone, ${appeared} new, ${changed} changed`;
}
