import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { check } from '../engine/check.ts';
import { Detection } from '../engine/detect.ts';
import type { Matching } from '../engine/match/naive-match.ts';
import type { Event } from '../engine/model/event.ts';
import { Source } from '../engine/model/source.ts';
import type { RuleSet } from '../engine/rules/rule-set.ts';
import { hostsOfScenario } from '../engine/scenario/hosts.ts';
import type { Performance } from '../engine/scenario/perform.ts';
import { play } from '../engine/scenario/play.ts';
import { readScenario } from '../engine/scenario/read.ts';
import type { Scenario } from '../engine/scenario/scenario.ts';
import { CONFORMANCE, describeConformance } from './conformance/data.ts';
import { foldersWith, LIBRARY } from './library.ts';
import { broken, type Raised } from './scenario/judge.ts';

const library = LIBRARY;
/** Attacks; work that a machine does every day is judged with the rules that it must not wake. */
const folders = foldersWith('scenario').filter((name) => !name.startsWith('workloads/'));
const twins = foldersWith('benign').filter((name) => !name.startsWith('workloads/'));

function sources(folder: string, names: readonly string[]): Source[] {
  return names.map((name) => new Source(name, readFileSync(join(folder, name), 'utf8')));
}

function ruleSetOf(files: readonly Source[]): RuleSet {
  const { ruleSet, results } = check(files);
  const told = results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
  expect(told.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  if (ruleSet === undefined) throw new Error('the rules were refused');
  return ruleSet;
}

function story(folder: string, file: 'scenario' | 'benign'): Scenario {
  const { scenario, diagnostics } = readScenario(sources(join(library, folder), [`${file}.yaml`])[0] as Source);
  expect(diagnostics).toEqual([]);
  if (scenario === undefined) throw new Error('the story can not be played');
  return scenario;
}

/** Plays a story and gives what the rules say of it. */
function run(
  rules: RuleSet,
  scenario: Scenario,
  matching: Matching = 'first',
): { raised: Raised[]; performance: Performance } {
  const raised: Raised[] = [];
  let tid = -1;
  class Watched extends Detection {
    override event(event: Event): void {
      tid = event.tid;
      super.event(event);
    }
  }
  const detection = new Watched(rules, {
    matching,
    hostname: 'node-1',
    hosts: hostsOfScenario(scenario),
    onAlert: (alert) => raised.push({ alert, tid }),
  });
  return { raised, performance: play(scenario, detection) };
}

const ruleFiles = sources(join(library, 'rules'), readdirSync(join(library, 'rules')).sort());
const rules = ruleSetOf(ruleFiles);

describe('the library of stories', () => {
  it.each(folders)('%s: the attack fires what it promises, and nothing else', (folder) => {
    const scenario = story(folder, 'scenario');
    const { raised, performance } = run(rules, scenario);
    expect(broken(scenario.expectations, raised, performance.pids)).toEqual([]);
    const kinds = scenario.expectations.map(({ kind }) => kind);
    expect(kinds.includes('no other alerts') || kinds.includes('alerts')).toBe(true);
  });

  it.each(twins)('%s: the benign twin fires nothing', (folder) => {
    const scenario = story(folder, 'benign');
    const { raised, performance } = run(rules, scenario, 'all');
    expect(raised.map(({ alert }) => `${alert.rule}: ${alert.message}`)).toEqual([]);
    expect(broken(scenario.expectations, raised, performance.pids)).toEqual([]);
    expect(scenario.expectations.map(({ kind }) => kind)).toEqual(['alerts']);
  });

  it.each(folders)('%s: has a short README that names its technique', (folder) => {
    const readme = readFileSync(join(library, folder, 'README.md'), 'utf8');
    expect(readme.split('\n').length).toBeLessThan(30);
    for (const technique of story(folder, 'scenario').techniques) expect(readme).toContain(technique);
  });

  it('keeps what its README shows first', () => {
    const readme = readFileSync(join(library, 'README.md'), 'utf8');
    const text = /```yaml\n(story:[\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const { scenario, diagnostics } = readScenario(new Source('README.md', text));
    expect(diagnostics).toEqual([]);
    const { raised, performance } = run(rules, scenario as Scenario);
    expect(broken(scenario?.expectations ?? [], raised, performance.pids)).toEqual([]);
    expect(raised.length).toBeGreaterThan(1);
  });

  it('has an attack for every rule of scenarios/rules', () => {
    const fired = new Set(
      folders.flatMap((folder) => run(rules, story(folder, 'scenario')).raised.map(({ alert }) => alert.rule)),
    );
    expect(rules.rules.map(({ name }) => name).filter((name) => !fired.has(name))).toEqual([]);
  });
});

describe('a rule of a user on the story of the shell in nginx', () => {
  const own = ruleSetOf(
    sources(fileURLToPath(new URL('cases/scenario/', import.meta.url)), ['shell-spawned.rules.yaml']),
  );

  it('fires once on the attack, with this output', () => {
    const { raised } = run(own, story('shell-spawned-in-nginx', 'scenario'), 'all');
    expect(raised.map(({ alert }) => [alert.rule, alert.priority, alert.message])).toEqual([
      ['Shell Spawned in Container', 'Warning', 'Shell spawned in container (user=root command=sh -c id)'],
    ]);
  });

  it('stays silent on the benign twin', () => {
    expect(run(own, story('shell-spawned-in-nginx', 'benign'), 'all').raised).toEqual([]);
  });
});

describeConformance('the rules that come with Falco', () => {
  const names = ['falco_rules.yaml', 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];
  const { ruleSet } = check(sources(join(CONFORMANCE, 'rules'), names));
  const upstream = ruleSet as RuleSet;

  it.each(folders)('%s: those that the story names fire on it, and not on its twin', (folder) => {
    const scenario = story(folder, 'scenario');
    expect(scenario.upstream.length).toBeGreaterThan(0);
    const of = (played: Scenario) => [...new Set(run(upstream, played, 'all').raised.map(({ alert }) => alert.rule))];
    const attack = of(scenario);
    expect(scenario.upstream.filter((name) => !attack.includes(name))).toEqual([]);
    if (!twins.includes(folder)) return;
    // A twin names those that fire on it although nothing is wrong.
    const benign = story(folder, 'benign');
    const falseAlarms = of(benign).filter((name) => scenario.upstream.includes(name));
    expect(falseAlarms.toSorted()).toEqual(
      benign.upstream.filter((name) => scenario.upstream.includes(name)).toSorted(),
    );
  });
});
