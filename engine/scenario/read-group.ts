import type { Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { MAX_SCENARIO_EVENTS, MAX_SCENARIO_STEPS } from '../model/limits.ts';
import { duration } from './language/duration.ts';
import { defaulted, required, type Keys, type Kind } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { integer } from './language/scalars.ts';
import { unseen } from './language/unseen.ts';
import type { Step } from './scenario.ts';
import type { Unseen } from './stage/losses.ts';

const part: Kind<Node> = { schema: {}, read: (_, node) => node };

/** Keys of a group of steps. */
export const GROUP_KEYS = {
  steps: required<Node>(part, 'The steps, which may be groups again.'),
  repeat: defaulted<number>(integer(1, MAX_SCENARIO_EVENTS), 1, 'How often all of them are done, in turn.'),
  after: defaulted<bigint>(duration, 0n, 'Time that passes before the first of them.'),
  every: defaulted<bigint>(duration, 0n, 'Time between the last of them and the first one of the next round.'),
  unseen: defaulted<Unseen>(unseen, 'no', 'Whether what happens in it stays unseen, as of a step.'),
} satisfies Keys;

/** Steps that groups may still write. */
export interface StepBudget {
  steps: number;
}

/** True for steps under one roof: a mapping with `steps`. */
export function isGroup(item: Node): boolean {
  return item.kind === 'mapping' && item.pairs.some(({ key }) => key.kind === 'scalar' && key.text === 'steps');
}

/**
 * Reads a group and writes it out: its steps as often as they are done.
 *
 * @param budget what all groups of the story may still write, and write again inside others
 * @param readSteps reads the list inside
 */
export function readGroup(
  reader: NodeReader,
  item: Node,
  budget: StepBudget,
  readSteps: (node: Node) => readonly Step[],
): Step[] {
  if (budget.steps < 0) return [];
  const fields = reader.fields(item, 'a group of steps', Object.keys(GROUP_KEYS));
  const values = fields && readKeys(reader, fields, GROUP_KEYS);
  if (values === undefined) return [];
  const { repeat, after, every } = values;
  const steps = readSteps(values.steps).map((step) =>
    values.unseen === 'no' || step.unseen !== 'no' ? step : { ...step, unseen: values.unseen },
  );
  const [first, ...rest] = steps;
  if (first === undefined) return [];
  if (budget.steps < 0) return [];
  budget.steps -= steps.length * repeat;
  if (budget.steps < 0) {
    const message = `the groups of this story make more than ${MAX_SCENARIO_STEPS} steps`;
    return reader.fail('LIMIT_SCENARIO_STEPS', item, message, 'repeat less') ?? [];
  }
  const again = repeat === 1 ? [] : [{ ...first, after: first.after + every }, ...rest];
  const rounds = Array.from({ length: repeat - 1 }, () => again);
  return [{ ...first, after: first.after + after }, ...rest, ...rounds.flat()];
}
