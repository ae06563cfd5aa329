import type { ByteString } from '../model/byte-string.ts';
import { toUnicode } from '../model/byte-string.ts';
import { nearest } from '../model/nearest.ts';
import type { TraceSink } from '../model/trace.ts';
import type { ActorPlan, ContainerPlan, Scenario, Step } from './scenario.ts';
import { announceAccounts, announceContainer } from './stage/announce.ts';
import { buildStage } from './stage/build-stage.ts';
import { TAKES } from './stage/clock.ts';
import { populate } from './stage/populate.ts';
import { Process } from './stage/process.ts';
import { Refusal } from './stage/refusal.ts';
import { deliverSnapshot } from './stage/snapshot.ts';
import type { Stage } from './stage/stage.ts';
import type { Act } from './verb.ts';

/** What was played: who had which process id, and which events each step made. */
export interface Performance {
  readonly events: number;
  /** Host process id by the names of the story, containers' processes included. */
  readonly pids: ReadonlyMap<ByteString, number>;
  /** First and last `evt.num` of each step; the last is below the first when it made none. */
  readonly steps: readonly { readonly first: number; readonly last: number }[];
}

/** Is told what can't be played, and of whom or of which step. */
export type Refuse = (of: Step | ActorPlan | ContainerPlan, refusal: Refusal) => void;

/** The parts of a scenario that are played. */
export type Playable = Pick<Scenario, 'machine' | 'containers' | 'actors' | 'steps'>;

/** Plays a scenario into a sink, or to nobody. A step that can't be played is refused and left out. */
export function perform(scenario: Playable, sink: TraceSink | undefined, refuse: Refuse): Performance {
  const stage = buildStage(scenario.machine, scenario.containers, sink);
  const starting = new Set(scenario.steps.flatMap(({ verb, subject }) => (verb.words === 'starts' ? [subject] : [])));
  populate(stage, scenario, starting, refuse);
  if (sink !== undefined) deliverSnapshot(stage, sink);
  stage.open();
  for (const [name, place] of stage.places) {
    if (starting.has(name)) continue;
    announceContainer(stage, place);
    announceAccounts(stage, place);
  }
  const pids = new Map<ByteString, number>();
  for (const [name, process] of stage.actors) pids.set(name, process.pid);
  const steps: { first: number; last: number }[] = [];
  let goesOn = true;
  for (const step of scenario.steps) {
    const first = stage.eventCount + 1;
    goesOn = performStep(stage, step, refuse);
    steps.push({ first, last: stage.eventCount });
    const made = step.as === undefined ? undefined : stage.actors.get(step.as);
    if (made !== undefined && step.as !== undefined) pids.set(step.as, made.pid);
    if (!goesOn) break;
  }
  const last = scenario.steps.at(-1);
  // The end of a loss is an event too, for which there is no room behind a limit.
  if (goesOn && last !== undefined) attempt(last, refuse, () => stage.loseEvents('no', 1));
  stage.clock.finish();
  return { events: stage.eventCount, pids, steps };
}

/** False when nothing more can be played. */
function performStep(stage: Stage, step: Step, refuse: Refuse): boolean {
  return attempt(step, refuse, () => {
    stage.clock.pass(step.after + TAKES.STEP);
    stage.loseEvents(step.unseen, stage.actors.get(step.subject)?.tid ?? 1);
    for (let round = 0; round < step.repeat; round++) {
      if (round > 0) stage.clock.pass(step.every);
      performOnce(stage, step);
    }
  });
}

/** Does something of a step. False when nothing more can be played. */
function attempt(step: Step, refuse: Refuse, act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(step, error);
    return !error.code.startsWith('LIMIT_');
  }
}

function performOnce(stage: Stage, step: Step): void {
  const { as, verb } = step;
  if (as !== undefined && (stage.actors.get(as)?.alive || stage.places.has(as) || as === 'host')) {
    throw new Refusal(
      'SCENARIO_NAME_TAKEN',
      'as',
      `'${toUnicode(as)}' is the name of somebody else`,
      'choose another one',
    );
  }
  const made = verb.perform(actOf(stage, step));
  if (as === undefined) return;
  if (made instanceof Process) stage.actors.set(as, made);
  else if (typeof made === 'number' && made >= 0)
    stage.handles.set(as, { process: stage.actor(step.subject, 'subject'), fd: made });
}

function actOf(stage: Stage, step: Step): Act<unknown, Readonly<Record<string, unknown>>> {
  const { object, keys, as, result, verb, subject } = step;
  const container = stage.places.get(subject);
  if (container !== undefined && verb.subject === 'process') {
    const hint = 'name a process of it';
    throw new Refusal('SCENARIO_SUBJECT', 'subject', `'${verb.words}' is nothing that a container does`, hint);
  }
  if (container === undefined && verb.subject === 'container') throw noContainer(stage, step);
  const process = container === undefined ? stage.actor(subject, 'subject') : (container.init ?? stage.host.init);
  if (process === undefined) throw new Error('the machine has no first process');
  const place = container ?? process.place;
  return { stage, process, place, isContainer: container !== undefined, object, keys, as, result };
}

function noContainer(stage: Stage, { subject, verb }: Step): Refusal {
  const near = nearest(subject, stage.places.keys());
  const hint = near === undefined ? "describe it under 'containers'" : `did you mean '${near}'?`;
  const message = `'${verb.words}' is said of containers, and there is no container '${toUnicode(subject)}'`;
  return new Refusal('SCENARIO_UNKNOWN_CONTAINER', 'subject', message, hint, subject);
}
