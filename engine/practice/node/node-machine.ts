import type { Hosts } from '../../compare/hosts.ts';
import { hostsOfScenario } from '../../scenario/hosts.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { BeginRun } from '../../suite/test-run.ts';
import { Tape } from './tape.ts';
import { containersOf, type NodeContainer } from './workload.ts';

const SECOND = 1_000_000_000n;
/** Between the end of the story and its next beginning, where a task does not say how often it happens. */
const PAUSE = 5n * SECOND;

/** What a node is by its task: the story that happens on it, again and again, and the containers in it. */
export interface NodeMachine {
  readonly tape: Tape;
  readonly hosts: Hosts;
  readonly containers: readonly NodeContainer[];
  /** From one beginning of the story to the next, nanoseconds; undefined where it happens once. */
  readonly period: bigint | undefined;
  readonly beginRun: BeginRun;
}

/**
 * The machine of a story.
 *
 * @param every nanoseconds from one beginning of it to the next, `once` where there is but one; as long as it takes and
 *   five seconds unless given
 */
export function nodeMachine(scenario: Scenario, every: bigint | 'once' | undefined, beginRun: BeginRun): NodeMachine {
  const tape = new Tape(scenario);
  const shortest = (tape.length / SECOND + 1n) * SECOND;
  const period = every === 'once' ? undefined : every === undefined ? shortest + PAUSE : max(every, shortest);
  return { tape, hosts: hostsOfScenario(scenario), containers: containersOf(scenario), period, beginRun };
}

function max(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
