import { priorityOf, PRIORITIES, type Priority } from '../../engine/model/priority.ts';
import { UsageError, type Flag, type Given } from './command.ts';

/** `-r`, for commands that run rules. */
export const RULES_FLAG: Flag = {
  name: 'rules',
  short: 'r',
  value: 'FILE',
  multiple: true,
  help: 'rule files or folders, in order',
};

/** `--matching`, likewise. */
export const MATCHING_FLAG: Flag = {
  name: 'matching',
  value: 'HOW',
  choices: ['first', 'all'],
  help: 'alert for the first rule that matches an event, or for all',
};

/** `--priority`, likewise. */
export const PRIORITY_FLAG: Flag = {
  name: 'priority',
  value: 'LEAST',
  help: `leave out rules less grave than this (${PRIORITIES.join(', ')})`,
};

/** What `--matching` says; nothing where it is not given, so that a configuration can say it. */
export function matchingFrom(given: Given): { matching?: 'first' | 'all' } {
  const how = given.flag('matching');
  return how === undefined ? {} : { matching: how === 'all' ? 'all' : 'first' };
}

/** What `--priority` says. */
export function priorityFrom(given: Given): Priority | undefined {
  const word = given.flag('priority');
  if (word === undefined) return undefined;
  const priority = priorityOf(word);
  if (priority === undefined) throw new UsageError(`--priority is one of ${PRIORITIES.join(', ')}, not '${word}'`);
  return priority;
}
