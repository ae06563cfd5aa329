import type { Node } from '../../document/node.ts';
import type { NodeReader } from '../../document/reading.ts';
import { duration } from '../../scenario/language/duration.ts';
import { defaulted, optional, required, type Kind } from '../../scenario/language/kind.ts';
import { readKeys } from '../../scenario/language/keys.ts';
import { choice, prose } from '../../scenario/language/scalars.ts';
import type { SuiteFiles } from '../../suite/suite-files.ts';
import type { BeginRun } from '../../suite/test-run.ts';
import { playingsOfTrace } from '../trace-playings.ts';
import type { NodePlan, TaskTrace } from '../task.ts';
import { nodeMachine, type NodeMachine } from './node-machine.ts';

const every: Kind<bigint | 'once'> = {
  schema: {},
  read: (reader, node, what) =>
    node.kind === 'scalar' && node.text === 'once' ? 'once' : duration.read(reader, node, what),
};

/** Keys of `node`. */
export const NODE_KEYS = {
  trace: required<string>(prose, 'The trace that happens on it.'),
  every: optional<bigint | 'once'>(every, 'From one beginning of it to the next, such as 60s, or once.'),
  service: defaulted<'running' | 'stopped'>(choice('running', 'stopped'), 'running', 'Whether Falco runs at first.'),
};

/** Reads `node`. */
export function readNodePlan(reader: NodeReader, node: Node, traces: readonly TaskTrace[]): NodePlan | undefined {
  const fields = reader.fields(node, "'node'", Object.keys(NODE_KEYS));
  const plan = fields && readKeys(reader, fields, NODE_KEYS);
  if (plan === undefined || traces.some(({ name }) => name === plan.trace)) return plan;
  return reader.fail('TASK_VALUE', node, `there is no trace '${plan.trace}'`);
}

/** The machine of a plan; undefined where its story can't be read. */
export function plannedMachine(
  plan: NodePlan,
  traces: readonly TaskTrace[],
  files: SuiteFiles,
  beginRun: BeginRun,
): NodeMachine | undefined {
  const trace = traces.find(({ name }) => name === plan.trace);
  const scenario = trace && playingsOfTrace(trace, files).playings[0]?.scenario;
  return scenario && nodeMachine(scenario, plan.every, beginRun);
}
