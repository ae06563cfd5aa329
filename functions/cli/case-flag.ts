import type { ReadScenario } from '../../engine/scenario/read.ts';
import type { Flag, Given, Terminal } from './command.ts';

/** `--case`, for commands that play a scenario. */
export const CASE_FLAG: Flag = {
  name: 'case',
  value: 'NAME',
  help: 'which case of a scenario that has several, such as "shell=bash"; the first one unless given',
};

/** Names that a note lists before it only counts the rest. */
const LISTED = 10;

/** Tells people of the cases that are not played, where none was asked for. */
export function noteCases(
  path: string,
  { cases }: Pick<ReadScenario, 'cases'>,
  given: Given,
  terminal: Terminal,
): void {
  if (given.has('case') || cases.length < 2) return;
  const listed = cases.slice(0, LISTED).map((name) => `  ${name}`);
  const rest = cases.length > LISTED ? [`  and ${cases.length - LISTED} more`] : [];
  const head = `${path} has ${cases.length} cases, this is the first one; --case NAME plays another:`;
  terminal.note([head, ...listed, ...rest].join('\n'));
}
