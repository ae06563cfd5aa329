import type { Condition } from '../../engine/compare/condition.ts';
import { naiveMatch } from '../../engine/match/naive-match.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import type { PlannedRule } from '../../engine/plan/plan.ts';
import type { Moment } from '../../engine/state/moment.ts';
import { createSystem } from '../../engine/state/system.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { ScapReader } from '../../engine/trace/scap/scap-reader.ts';
import { joinBytes } from './mutate/bytes.ts';
import { playedStories } from './samples.ts';

/** Stories whose events are tried: files, sockets, containers and ends of processes among them. */
const STORIES = 4;
/** Nesting up to which conditions are decided the plain way, which calls itself at each level. */
const MAX_NAIVE_DEPTH = 500;

let bytes: Uint8Array | undefined;

/** Lets some hundred events happen. */
export function tellBriefTrace(sink: TraceSink): void {
  bytes ??= joinBytes(playedStories().filter((_, i) => i % Math.floor(playedStories().length / STORIES) === 0));
  const reader = new ScapReader(sink);
  reader.push(bytes);
  reader.end();
}

/** Shows each moment of the trace that rules may see. */
export function eachMoment(onMoment: (moment: Moment) => void): void {
  const onAny = (moment: Moment) => {
    if (moment.visible) onMoment(moment);
  };
  tellBriefTrace(new SystemSink(createSystem(), onAny));
}

/**
 * How often each rule fires on the trace, decided the plain way. Undefined for conditions too deep for that.
 */
export function plainCounts(rules: readonly PlannedRule[]): number[] | undefined {
  if (rules.some(({ condition }) => isDeep(condition))) return undefined;
  const counts = rules.map(() => 0);
  eachMoment((moment) => {
    for (const number of naiveMatch(rules, moment, 'all')) counts[number] = (counts[number] as number) + 1;
  });
  return counts;
}

function isDeep(condition: Condition): boolean {
  let level: readonly Condition[] = [condition];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NAIVE_DEPTH) return true;
    level = [...new Set(level.flatMap(childrenOf))];
  }
  return false;
}

function childrenOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'not') return [condition.child];
  return condition.kind === 'leaf' ? [] : condition.children;
}
