import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dump, load } from 'js-yaml';
import { readHosts } from '../../engine/compare/hosts.ts';
import { Detection } from '../../engine/detect.ts';
import { Source } from '../../engine/model/source.ts';
import { DEFAULT_APPEND_OUTPUT } from '../../engine/output/append-output.ts';
import { loadRules } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { CONFORMANCE } from '../conformance/data.ts';
import { UPSTREAM_FILES } from '../conformance/upstream-rules.ts';

const FOLDER = fileURLToPath(new URL('../cases/scenario/techniques/', import.meta.url));

/** An attacker's action, or its benign look-alike. */
export type Side = 'fires' | 'quiet';

/** A recorded technique as a story of our own. */
interface Told {
  /** What the story says differently of the places of `stage.yaml`, and who is there beside. */
  readonly containers: Readonly<Record<string, object | null>>;
  readonly actors?: Readonly<Record<string, unknown>>;
  readonly machine?: unknown;
  readonly fires?: readonly unknown[];
  readonly quiet?: readonly unknown[];
}

interface Stage {
  readonly containers: Readonly<Record<string, object>>;
  readonly actors: Readonly<Record<string, unknown>>;
}

/** What differs between a story and a recording without meaning anything. */
interface Mask {
  readonly pattern: string;
  readonly with: string;
}

const read = (name: string): unknown => load(readFileSync(join(FOLDER, name), 'utf8'));
const stage = read('stage.yaml') as Stage;
const masks = (read('masks.yaml') as Mask[]).map((mask) => ({ from: new RegExp(mask.pattern, 'g'), to: mask.with }));

/** Every technique that is told, with the sides that are. */
export function toldTechniques(): { technique: string; side: Side }[] {
  return readdirSync(FOLDER)
    .filter((name) => !['stage.yaml', 'masks.yaml'].includes(name))
    .sort()
    .flatMap((name) => {
      const told = read(name) as Told;
      const technique = name.replace('.yaml', '');
      return (['fires', 'quiet'] as const).filter((side) => told[side]).map((side) => ({ technique, side }));
    });
}

/** The scenario of one side of a technique. */
export function scenarioOf(technique: string, side: Side): string {
  const told = read(`${technique}.yaml`) as Told;
  const containers = Object.entries(told.containers).map(([name, more]) => [
    name,
    { ...stage.containers[name], ...more },
  ]);
  return dump({
    story: `${technique}, ${side}`,
    ...(told.machine !== undefined && { machine: told.machine }),
    containers: Object.fromEntries(containers) as unknown,
    actors: { ...stage.actors, ...told.actors },
    steps: told[side]?.flatMap(writtenOut),
  });
}

interface Enters {
  readonly enter: string;
  readonly runs: readonly string[];
  readonly flags?: readonly string[];
  readonly as?: string;
}

/** A container is entered as in the recordings: a shell runs runc, whose child runs the program inside. */
function writtenOut(step: unknown, at: number): unknown[] {
  if (typeof step !== 'object' || step === null || !('enter' in step)) return [step];
  const { enter, runs, flags = [], ...rest } = step as Enters;
  const id = (stage.containers[enter] as { id: string }).id.slice(0, 12);
  return [
    { 'bash runs': ['runc', 'exec', ...flags, id, '--', ...runs], as: `runner-${at}` },
    { [`runner-${at} forks`]: null, as: `runc-${at}` },
    { [`${enter} runs`]: runs, 'entered by': `runc-${at}`, ...rest },
  ];
}

interface Meta {
  readonly extra_rules: string | null;
  readonly replay_hosts: string | null;
}

const data = (path: string) => readFileSync(join(CONFORMANCE, path), 'utf8');
const loaded = new Map<string, RuleSet>();

function rulesOf({ extra_rules: extra }: Meta): RuleSet {
  const paths = [...UPSTREAM_FILES, ...(extra === null ? [] : [`technique/rules/${extra}`])];
  const known = loaded.get(paths.join());
  if (known !== undefined) return known;
  const sources = paths.map((path) => new Source(path, data(path)));
  const { ruleSet } = loadRules(sources, { appendOutput: DEFAULT_APPEND_OUTPUT });
  if (ruleSet === undefined) throw new Error(`${paths.join()} can't be loaded`);
  loaded.set(paths.join(), ruleSet);
  return ruleSet;
}

/** What the upstream rules say of the story: `rule: output` each, masked, in alphabetical order. */
export function playedAlerts(technique: string, side: Side): string[] {
  const meta = JSON.parse(data(`technique/${technique}/meta.json`)) as Meta;
  const { scenario, diagnostics } = readScenario(new Source(technique, scenarioOf(technique, side)));
  if (scenario === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const alerts: string[] = [];
  const detection = new Detection(rulesOf(meta), {
    matching: 'all',
    hosts: readHosts(new Source('hosts', meta.replay_hosts ?? '')).hosts,
    onAlert: ({ rule, message }) => alerts.push(masked(`${rule}: ${message}`)),
  });
  play(scenario, detection);
  return alerts.sort();
}

/** What Falco said of the recording, in the same form. */
export function recordedAlerts(technique: string, side: Side): string[] {
  const lines = data(`technique/${technique}/${side}.alerts.jsonl`).split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { rule: string; output: string })
    .map(({ rule, output }) => masked(`${rule}: ${output.replace(/^\S+ \S+ /, '')}`))
    .sort();
}

function masked(line: string): string {
  return masks.reduce((text, { from, to }) => text.replaceAll(from, to), line);
}
