import { labelOf, labelProblem, type Labels } from '../../store/labels.ts';
import { UsageError, type Given } from '../command.ts';

/** The labels that `--label` gives. */
export function labelsFrom(given: Given): Labels {
  return Object.fromEntries(given.flags('label').map((text) => labelFrom(text)));
}

/** A label as the command line gives it; throws UsageError for one that is none. */
export function labelFrom(text: string): readonly [key: string, value: string] {
  const label = labelOf(text);
  if (label === undefined) throw new UsageError(`a label is KEY=VALUE, not '${text}'`);
  const problem = labelProblem(...label);
  if (problem !== undefined) throw new UsageError(problem);
  return label;
}
