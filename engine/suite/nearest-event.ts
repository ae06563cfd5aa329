import type { ExplainedCheck } from '../explanation/explained-check.ts';
import { eventText, nearMissText } from '../explanation/near-miss-text.ts';
import { NearMisses, type NearMiss, type NearMissReport } from '../explanation/near-misses.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import type { SystemOptions } from '../state/system.ts';
import { DecidingChecks } from './deciding-checks.ts';
import { MissedValues } from './missed-values.ts';
import type { Verdict } from './judge.ts';
import type { PlannedTest } from './planned-test.ts';
import type { Playing } from './played.ts';
import type { Scene } from './raised.ts';
import type { TestContext } from './run-test.ts';

/** Near misses, and rules that fired, that one failure tells of. */
const MOST = 2;
/** Checks that are told of an event on which a rule fired. */
const MOST_CHECKS = 8;

/** A run that can be played again. */
export interface Ran {
  readonly test: PlannedTest;
  readonly playing: Playing;
  readonly context: TestContext;
  readonly scene: Scene;
  /** Rules of whose events was told already: each is told of once. */
  readonly explained: Set<string>;
}

/**
 * Why an expectation was not met, in events: for a rule that stayed silent, the event on which the fewest checks would
 * have to say the opposite; for one that fired, the checks that decided so. The trace is played once more for each rule.
 */
export async function nearestEvent({ expectation, missing, wrong, tooOften }: Verdict, ran: Ran): Promise<string[]> {
  const lines: string[] = [];
  const { explained, scene, context } = ran;
  const rule = (name: string): Rule | undefined => {
    if (explained.has(name)) return undefined;
    explained.add(name);
    return context.ruleSet.rules.find((one) => one.name === name);
  };
  const by = expectation.kind === 'alert' ? expectation.by : undefined;
  const tid = by === undefined ? undefined : scene.pids.get(by);
  for (const one of missing.slice(0, MOST).flatMap((name) => rule(name) ?? [])) {
    lines.push(...(await whySilent(one, tid, ran)));
  }
  for (const one of wrong.slice(0, MOST).flatMap((name) => rule(name) ?? [])) {
    lines.push(...(await whyFired(one, 'first', ran)));
  }
  for (const one of tooOften.flatMap((name) => rule(name) ?? [])) {
    lines.push(...(await whyFired(one, 'last', ran)));
  }
  return lines;
}

/** @param tid the thread that was expected to make the rule fire; its events are told of where it has any */
async function whySilent(rule: Rule, tid: number | undefined, ran: Ran): Promise<string[]> {
  const { test, playing, context } = ran;
  const { ruleSet } = context;
  const options = { ...systemOptions(ran), matching: test.matching, most: MOST };
  const search = new NearMisses(ruleSet, rule, { ...options, ...(tid !== undefined && { tid }) });
  await playing.play(search);
  const report = search.report();
  if (tid !== undefined && report.misses.length === 0) return whySilent(rule, undefined, ran);
  const [best, ...others] = report.misses;
  if (best === undefined) return [...switchedOff(rule, ruleSet), ...silenceText(report)];
  // Those that miss more say less.
  const asNear = others.filter(({ distance }) => distance === best.distance);
  return [
    ...switchedOff(rule, ruleSet),
    ...takenText(report),
    nearMissText(best),
    ...(await valuesText(best, rule, ran)),
    ...asNear.map((miss) => nearMissText(miss)),
  ];
}

function switchedOff(rule: Rule, { active }: RuleSet): string[] {
  if (active.includes(rule)) return [];
  const why = rule.enabled ? 'by the configuration' : 'by its file';
  return [
    `'${rule.name}' is switched off ${why}; config: { rules: [{ enable: { rule: '${rule.name}' } }] } switches it on`,
  ];
}

/** What the machine is made with, as in the test. */
function systemOptions({ playing: { hosts }, context: { file } }: Ran): SystemOptions {
  return { hosts: new Map([...hosts, ...file.hosts]), base64Buffers: file.configuration?.run.base64Buffers ?? false };
}

/** What the events of a near miss read, where there are several and one check decides. */
async function valuesText({ count, changes: [change, second] }: NearMiss, rule: Rule, ran: Ran): Promise<string[]> {
  if (count === 1 || change === undefined || second !== undefined) return [];
  const values = new MissedValues(ran.context.ruleSet, rule, change.check, systemOptions(ran));
  await ran.playing.play(values);
  const text = values.text();
  return text === '' ? [] : [`  these events read there: ${text}`];
}

/** Events that an earlier rule took. */
function takenText({ shadowed, rule }: NearMissReport): string[] {
  return Object.entries(shadowed).map(([winner, count]) => {
    const events = count === 1 ? 'an event' : `${count} events`;
    return `'${rule}' matched ${events} that '${winner}' took, for it comes first (matching: first)`;
  });
}

function silenceText(report: NearMissReport): string[] {
  const taken = takenText(report);
  const { seen, types, rule } = report;
  if (taken.length > 0 || Object.keys(seen).length > 0) return taken;
  const few = types.length > 8 ? [...types.slice(0, 8), '...'] : types;
  return [`no event came that '${rule}' looks at: ${few.join(', ')}`];
}

async function whyFired(rule: Rule, which: 'first' | 'last', ran: Ran): Promise<string[]> {
  const search = new DecidingChecks(ran.context.ruleSet, rule, which, systemOptions(ran));
  await ran.playing.play(search);
  const { found } = search;
  if (found === undefined) return [];
  const told = found.checks.slice(0, MOST_CHECKS).map((check) => changeText(check));
  const more = found.checks.length > MOST_CHECKS ? ` (and ${found.checks.length - MOST_CHECKS} more)` : '';
  const why = told.length === 0 ? '' : ` because ${told.join(' and ')}${more}`;
  return [`${eventText(found.event)}: '${rule.name}' fired${why}`];
}

/** What a check says and what it read: `proc.name in (shells) (is sh)`. */
function changeText({ check, holds, value, reason }: ExplainedCheck): string {
  const said = `${holds ? '' : 'not '}${check}`;
  if (reason.code === 'not-read') return said;
  return `${said} (${value === undefined ? reason.text.replace(/^no value/, 'has no value') : `is ${value === '' ? 'empty' : value}`})`;
}
