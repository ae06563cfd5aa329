import type { TraceSink } from '../model/trace.ts';
import { perform, type Performance } from './perform.ts';
import type { Scenario } from './scenario.ts';

/**
 * Plays a scenario: the sink hears what the kernel would have told of it. The same scenario gives the same calls. Gives
 * who was who and which events belong to which step.
 */
export function play(scenario: Scenario, sink: TraceSink): Performance {
  return perform(scenario, sink, (_, refusal) => {
    // Reading has rehearsed the story, so nothing in it can be refused any more.
    throw refusal;
  });
}
