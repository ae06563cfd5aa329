import type { Totals } from './change-report.ts';
import type { VersionLevel } from './version.ts';

/** The one sentence that a report begins with. */
export function verdictOf(totals: Totals, edits: number, level: VersionLevel): string {
  const parts = [
    plural(totals.attacksUnseen, 'attack is no longer seen', 'attacks are no longer seen'),
    plural(totals.attacksSeenLess, 'attack is seen by fewer rules', 'attacks are seen by fewer rules'),
    plural(totals.newNoise, 'new alert on benign work', 'new alerts on benign work'),
    plural(totals.attacksNewlySeen, 'attack is newly seen', 'attacks are newly seen'),
    plural(totals.lessNoise, 'alert fewer on benign work', 'alerts fewer on benign work'),
    totals.workloads.attack + totals.workloads.benign === 0
      ? ''
      : plural(totals.unlabelled, 'alert differs on unlabelled traces', 'alerts differ on unlabelled traces'),
  ].filter((part) => part !== '');
  const { appeared, vanished, changed } = totals;
  const traces = totals.workloads.attack + totals.workloads.benign + totals.workloads.unknown;
  if (edits === 0) return 'The two rule sets say the same.';
  if (traces === 0)
    return `${counted(edits, 'edit', 'edits')}; no trace was given, so what they do to alerts is not known.`;
  if (appeared + vanished + changed === 0) {
    return `No alert changes: ${counted(edits, 'edit', 'edits')}, ${counted(traces, 'trace', 'traces')}, the same ${counted(totals.alertsAfter, 'alert', 'alerts')}${level === 'none' ? '' : ` (${level} by what was edited)`}.`;
  }
  if (parts.length === 0) {
    parts.push(
      ...[
        plural(vanished, 'alert is gone', 'alerts are gone'),
        plural(appeared, 'alert is new', 'alerts are new'),
        plural(changed, 'alert says something else', 'alerts say something else'),
      ].filter((part) => part !== ''),
    );
  }
  return `${sentence(parts)}.`;
}

/** A number with its noun. */
export function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function plural(count: number, one: string, several: string): string {
  return count === 0 ? '' : counted(count, one, several);
}

function sentence(parts: readonly string[]): string {
  return parts.join(', ').replace(/^./, (letter) => letter.toUpperCase());
}
