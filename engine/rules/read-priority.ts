import type { Scalar } from '../document/node.ts';
import { nearest } from '../model/nearest.ts';
import { PRIORITIES, priorityOf, type Priority } from '../model/priority.ts';
import type { Context } from './context.ts';
import { invalidStructure } from './load-error.ts';

/** Reads the name of a priority. */
export function readPriority(scalar: Scalar, context: Context): Priority {
  const priority = priorityOf(scalar.text);
  if (priority !== undefined) return priority;
  const near = nearest(scalar.text, [...PRIORITIES, 'Info']);
  const hint = near === undefined ? `one of ${PRIORITIES.join(', ')}` : `did you mean '${near}'?`;
  return invalidStructure('Invalid priority', context.at(scalar, 'rule priority'), hint);
}
