import { eventCode } from '../../model/event-types.ts';
import { UPGRADE_ROWS, type UpgradeRow } from './upgrade-table.ts';

/** What an upgrade does with an event: see `upgrade-table.ts`. */
type UpgradeAction = UpgradeRow[2];

/** Where a written parameter comes from. */
type StepSource = 'own' | 'entry' | 'empty' | 'zero' | 'container';

/** One parameter to write. */
export interface UpgradeStep {
  readonly source: StepSource;
  /** Which parameter of the event itself or of the kept entry event. */
  readonly index: number;
  /** What to write where no entry event was kept: nothing, or a zero value. */
  readonly elseEmpty: boolean;
}

/** One row of the table, ready to run. */
export interface Upgrade {
  readonly action: UpgradeAction;
  readonly to: number;
  readonly steps: readonly UpgradeStep[];
}

const byType: Upgrade[][] = [];
for (const [from, params, action, to, steps] of UPGRADE_ROWS) {
  const code = eventCode(from);
  const rows = (byType[code] ??= []);
  rows[params] = { action, to: to === '' ? code : eventCode(to), steps: parseSteps(steps) };
}

/** What to do with an event of this type and number of parameters; undefined where no version ever wrote such a one. */
export function upgradeOf(type: number, params: number): Upgrade | undefined {
  return byType[type]?.[params];
}

function parseSteps(text: string): UpgradeStep[] {
  return text === '' ? [] : text.split(' ').flatMap(parseStep);
}

function parseStep(text: string): UpgradeStep[] {
  if (text === '-') return [{ source: 'empty', index: 0, elseEmpty: true }];
  if (text === 'zero' || text === 'container') return [{ source: text, index: 0, elseEmpty: false }];
  const [first, last = first] = text.slice(1).replace('?', '').split('-').map(Number) as [number, number?];
  const steps: UpgradeStep[] = [];
  for (let index = first; index <= last; index++) {
    steps.push({ source: text.startsWith('o') ? 'own' : 'entry', index, elseEmpty: text.endsWith('?') });
  }
  return steps;
}
