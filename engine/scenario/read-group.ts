import type { Node } from '../document/node.ts';
import type { NodeReader } from '../document/reading.ts';
import { MAX_SCENARIO_EVENTS, MAX_SCENARIO_STEPS } from '../model/limits.ts';
import { duration } from './language/duration.ts';
import { defaulted, required, type Keys, type Kind } from './language/kind.ts';
import { readKeys } from './language/keys.ts';
import { integer, refuse } from './language/scalars.ts';
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

/** True for steps under one roof: a mapping with `steps`. */
export function isGroup(item: Node): boolean {
  return item.kind === 'mapping' && item.pairs.some(({ key }) => key.kind === 'scalar' && key.text === 'steps');
}

/**
 * Reads a group and writes it out: its steps as often as they are done.
 *
 * @param readSteps reads the list inside
 */
export function readGroup(reader: NodeReader, item: Node, readSteps: (node: Node) => readonly Step[]): Step[] {
  const fields = reader.fields(item, 'a group of steps', Object.keys(GROUP_KEYS));
  const values = fields && readKeys(reader, fields, GROUP_KEYS);
  if (values === undefined) return [];
  const { repeat, after, every } = values;
  const steps = readSteps(values.steps).map((step) =>
    values.unseen === 'no' || step.unseen !== 'no' ? step : { ...step, unseen: values.unseen },
  );
  const [first, ...rest] = steps;
  if (first === undefined) return [];
  if (steps.length * repeat > MAX_SCENARIO_STEPS) {
    const message = `the group makes ${steps.length * repeat} steps; at most ${MAX_SCENARIO_STEPS} are played`;
    return reader.fail('LIMIT_SCENARIO_STEPS', item, message, 'repeat less') ?? [];
  }
  const again = repeat === 1 ? [] : [{ ...first, after: first.after + every }, ...rest];
  const rounds = Array.from({ length: repeat - 1 }, () => again);
  return [{ ...first, after: first.after + after }, ...rest, ...rounds.flat()];
}

/** Says so when all groups together make too many steps. */
export function boundSteps(reader: NodeReader, node: Node, steps: readonly Step[]): readonly Step[] {
  if (steps.length <= MAX_SCENARIO_STEPS) return steps;
  return refuse(reader, node, `the story has ${steps.length} steps; at most ${MAX_SCENARIO_STEPS} are played`) ?? [];
}
