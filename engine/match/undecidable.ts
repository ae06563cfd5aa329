import { EVENT_TYPES } from '../model/event-types.ts';
import type { Need } from '../plan/needs.ts';
import type { Plan } from '../plan/plan.ts';
import type { System } from '../state/system.ts';
import type { Evidence as NotedEvidence } from './evidence.ts';
import { undecidableReason } from './undecidable-reason.ts';

/** Needs looked at in one pass: the bits of a number. */
const BITS = 31;
/** What a trace has shown, however it was kept. */
export type Evidence = Pick<NotedEvidence, 'seenCodes' | 'lacks' | 'carries' | 'wasToldAtStart'>;
/** What else was known at its end. */
export interface KnownAtEnd {
  readonly containers: Pick<System['containers'], 'hasMembers' | 'wasTold'>;
  readonly hosts: Pick<System['hosts'], 'size'>;
}

const NO_EVENT: readonly string[] = [];

/**
 * For each rule of a plan, by its place in it, why its verdicts on the trace don't tell much, or undefined: on some event
 * type that came, its condition depends on something that this trace carries nowhere. It is about the condition, not
 * about single events: a rule whose other checks fail on each of them is labelled too. What is merely absent on some
 * events says nothing, nor does an event type that never came.
 */
export function undecidableRules(
  plan: Plan,
  needs: readonly Need[],
  evidence: Evidence,
  system: KnownAtEnd,
): (string | undefined)[] {
  const found: (Map<Need, Set<string>> | undefined)[] = [];
  for (let first = 0; first < needs.length; first += BITS) {
    collectLacks(plan, needs.slice(first, first + BITS), evidence, system, found);
  }
  return Array.from(found, (lacks) => lacks && undecidableReason(lacks));
}

function collectLacks(
  plan: Plan,
  needs: readonly Need[],
  evidence: Evidence,
  system: KnownAtEnd,
  found: (Map<Need, Set<string>> | undefined)[],
): void {
  const ofTrace = needs.map((need) => lackOfTrace(need, evidence, system));
  const known = new Set<string>();
  for (const code of evidence.seenCodes) {
    const lacks = needs.map((need, i) => ofTrace[i] ?? lackOfEvent(need, code, evidence));
    const signature = `${plan.classOf(code)} ${lacks.map((names) => names?.join('+') ?? '-').join()}`;
    if (known.has(signature) || lacks.every((names) => names === undefined)) continue;
    known.add(signature);
    plan.marksOfRules(code, marksOf(plan, needs, lacks)).forEach((mark, rule) => {
      if (mark === 0) return;
      const ofRule = (found[rule] ??= new Map());
      needs.forEach((need, i) => {
        if (((mark >> i) & 1) === 1) addNames(ofRule, need, lacks[i] ?? NO_EVENT);
      });
    });
  }
}

function marksOf(plan: Plan, needs: readonly Need[], lacks: readonly unknown[]): Int32Array {
  const marks = new Int32Array(plan.graph.size);
  needs.forEach(({ nodes }, i) => {
    if (lacks[i] === undefined) return;
    for (const node of nodes) marks[node] = (marks[node] as number) | (1 << i);
  });
  return marks;
}

function addNames(lacks: Map<Need, Set<string>>, need: Need, names: readonly string[]): void {
  const known = lacks.get(need) ?? new Set();
  for (const name of names) known.add(name);
  lacks.set(need, known);
}

/** The names of the events that should carry what the whole trace lacks; undefined when it does not lack it. */
function lackOfTrace(need: Need, evidence: Evidence, { containers, hosts }: KnownAtEnd): readonly string[] | undefined {
  const { source } = need;
  switch (source.kind) {
    case 'plugin':
      return NO_EVENT;
    case 'containers':
      return containers.hasMembers && !containers.wasTold ? NO_EVENT : undefined;
    case 'hosts':
      return hosts.size === 0 ? NO_EVENT : undefined;
    case 'event':
      return undefined;
    case 'process': {
      const codes = EVENT_TYPES.map(({ code }) => code).filter((code) => (source.positions[code] as number) >= 0);
      const at = (code: number) => source.positions[code] as number;
      if (evidence.wasToldAtStart(need) || codes.some((code) => evidence.carries(code, at(code)))) return undefined;
      const lacking = codes.filter((code) => evidence.lacks(code, at(code))).map(nameOf);
      return lacking.length === 0 ? undefined : lacking;
    }
  }
}

/** The name of the event type when its events lack the parameter. */
function lackOfEvent({ source }: Need, code: number, evidence: Evidence): readonly string[] | undefined {
  if (source.kind !== 'event') return undefined;
  const at = source.positions[code] as number;
  return at >= 0 && evidence.lacks(code, at) ? [nameOf(code)] : undefined;
}

function nameOf(code: number): string {
  return EVENT_TYPES[code]?.name ?? '';
}
