import { MANY, type Expectation } from '../scenario/expect.ts';
import type { Source, Span } from '../model/source.ts';

/** Rules that a story names for the rule files that come with Falco. */
export interface UpstreamNames {
  readonly upstream: readonly string[];
  readonly notUpstream: readonly string[];
}

/**
 * What the lists `upstream` and `not upstream` of a scenario ask for.
 *
 * @param attack what the attack beside a benign twin names: its rules stay silent on the twin, save for the false alarms
 *   that the twin names itself
 */
export function upstreamExpectations(
  { upstream, notUpstream }: UpstreamNames,
  source: Source,
  attack: readonly string[],
): Expectation[] {
  const silent = new Set([...notUpstream, ...attack.filter((rule) => !upstream.includes(rule))]);
  const pattern = (rule: string) => ({
    rule,
    by: undefined,
    output: undefined,
    contains: [],
    priority: undefined,
    fields: new Map(),
    window: undefined,
    span: spanOfName(source, rule),
  });
  return [
    ...upstream.map((rule): Expectation => ({ kind: 'alert', count: { least: 1, most: MANY }, ...pattern(rule) })),
    ...[...silent].map((rule): Expectation => ({ kind: 'no alert', ...pattern(rule) })),
  ];
}

/** Where a rule's name stands in a scenario, or its first line. */
function spanOfName(source: Source, rule: string): Span {
  const start = source.text.indexOf(rule);
  return start === -1 ? { source, start: 0, end: 0 } : { source, start, end: start + rule.length };
}
