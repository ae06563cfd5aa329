import { eventText, nearMissText } from '../explanation/near-miss-text.ts';
import { NearMisses, type NearMissReport } from '../explanation/near-misses.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import { DecidingChecks } from './deciding-checks.ts';
import type { Verdict } from './judge.ts';
import type { PlannedTest } from './planned-test.ts';
import type { Playing } from './played.ts';
import type { Raised } from './raised.ts';
import type { TestContext } from './run-test.ts';

/** Near misses, and rules that fired, that one failure tells of. */
const MOST = 2;

/**
 * Why an expectation was not met, in events: for a rule that stayed silent, the event on which the fewest checks would
 * have to say the opposite; for one that fired, the checks that decided so. The trace is played once more for each rule.
 */
export async function nearestEvent(
  { expectation }: Verdict,
  test: PlannedTest,
  playing: Playing,
  context: TestContext,
  raised: readonly Raised[],
): Promise<string[]> {
  const { ruleSet } = context;
  const fired = new Set(raised.map(({ alert }) => alert.rule));
  const lines: string[] = [];
  for (const name of rulesToExplain(expectation, fired).slice(0, MOST)) {
    const rule = ruleSet.rules.find((one) => one.name === name);
    if (rule === undefined) continue;
    if (fired.has(name)) lines.push(...(await whyFired(rule, test, playing, context)));
    else lines.push(...(await whySilent(rule, test, playing, context)));
  }
  return lines;
}

function rulesToExplain(expectation: Verdict['expectation'], fired: ReadonlySet<string>): string[] {
  if (expectation.kind === 'alert') return [expectation.rule];
  if (expectation.kind === 'in order') {
    return expectation.alerts.map(({ rule }) => rule).filter((rule) => !fired.has(rule));
  }
  if (expectation.kind === 'no alert') return [expectation.rule];
  return expectation.kind === 'alerts' && expectation.count > 0 ? [] : [...fired];
}

async function whySilent(rule: Rule, test: PlannedTest, playing: Playing, context: TestContext): Promise<string[]> {
  const { ruleSet, file } = context;
  const search = new NearMisses(ruleSet, rule, {
    hosts: new Map([...playing.hosts, ...file.hosts]),
    matching: test.matching,
    most: MOST,
  });
  await playing.play(search);
  const report = search.report();
  return [...switchedOff(rule, ruleSet), ...silenceText(report)];
}

function switchedOff(rule: Rule, { active }: RuleSet): string[] {
  if (active.includes(rule)) return [];
  const why = rule.enabled ? 'by the configuration' : 'by its file';
  return [
    `'${rule.name}' is switched off ${why}; config: { rules: [{ enable: { rule: '${rule.name}' } }] } switches it on`,
  ];
}

function silenceText({ misses, shadowed, seen, types, rule }: NearMissReport): string[] {
  const taken = Object.entries(shadowed).map(
    ([winner, count]) =>
      `'${rule}' matched ${count === 1 ? 'an event' : `${count} events`} that '${winner}' took, for it comes first (matching: first)`,
  );
  if (misses.length > 0) return [...taken, ...misses.map((miss) => nearMissText(miss))];
  if (taken.length > 0 || Object.keys(seen).length > 0) return taken;
  const few = types.length > 8 ? [...types.slice(0, 8), '...'] : types;
  return [`no event came that '${rule}' looks at: ${few.join(', ')}`];
}

async function whyFired(rule: Rule, test: PlannedTest, playing: Playing, context: TestContext): Promise<string[]> {
  const { ruleSet, file } = context;
  const hosts = new Map([...playing.hosts, ...file.hosts]);
  const search = new DecidingChecks(ruleSet, rule, { hosts });
  await playing.play(search);
  const { first } = search;
  if (first === undefined) return [];
  const checks = first.checks.map(({ check, holds, value }) => {
    const read = value === undefined ? 'has no value' : `is ${value === '' ? 'empty' : value}`;
    return `${holds ? 'not ' : ''}${check} (${read})`;
  });
  const silent =
    checks.length === 0
      ? 'nothing that the event could change decides it'
      : `would be silent if ${checks.join(' and ')}`;
  return [`${eventText(first.event)}: '${rule.name}' ${silent}`];
}
