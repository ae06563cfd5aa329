import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { Source } from '../model/source.ts';
import { readConfiguration, type Configuration } from '../rules/configuration.ts';
import type { Collected } from '../rules/items.ts';
import { loadRules, type LoadResult } from '../rules/loader.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { CONFIGURATION_PATH, type MachineFiles } from './task.ts';

/** Rules as Falco would load them on the practice machine: those that its configuration names, in its order. */
export interface RuleStack {
  readonly configuration: Configuration | undefined;
  /** Rule files in the order of loading. */
  readonly sources: readonly Source[];
  /** Undefined where Falco would not start. */
  readonly ruleSet: RuleSet | undefined;
  readonly collected: Collected | undefined;
  /** What Falco says of each rule file. */
  readonly results: readonly LoadResult[];
  /** All that is said of configuration and rules. */
  readonly findings: readonly Diagnostic[];
}

/** Stacks by the files that they were loaded from: what a task starts from is loaded once. */
const LOADED = new WeakMap<MachineFiles, RuleStack>();

/** Loads what falco.yaml of these files names. */
export function loadStack(files: MachineFiles): RuleStack {
  let stack = LOADED.get(files);
  if (stack === undefined) LOADED.set(files, (stack = load(files)));
  return stack;
}

function load(files: MachineFiles): RuleStack {
  const text = files.get(CONFIGURATION_PATH);
  const nothing = { configuration: undefined, sources: [], ruleSet: undefined, collected: undefined, results: [] };
  if (text === undefined) {
    const message = `there is no ${CONFIGURATION_PATH}, and Falco does not start without it`;
    return { ...nothing, findings: [{ code: 'PRACTICE_NO_CONFIGURATION', severity: 'error', message }] };
  }
  const include = (path: string): Source[] => sourcesAt(files, path);
  const { configuration, diagnostics } = readConfiguration(new Source(CONFIGURATION_PATH, text), { include });
  if (configuration === undefined) return { ...nothing, findings: diagnostics };
  const sources = configuration.rulesFiles.flatMap((path) =>
    sourcesAt(files, path).filter(({ name }) => /\.ya?ml$/.test(name)),
  );
  if (sources.length === 0) {
    const message = `${CONFIGURATION_PATH} names no rule file that is there`;
    const findings: Diagnostic[] = [...diagnostics, { code: 'PRACTICE_NO_RULES', severity: 'error', message }];
    return { ...nothing, configuration, findings };
  }
  const { ruleSet, collected, results } = loadRules(sources, configuration.load);
  const told = results.flatMap(({ errors, warnings, lints }) => [...errors, ...warnings, ...lints]);
  const findings = [...diagnostics, ...told];
  return { configuration, sources, ruleSet: hasErrors(findings) ? undefined : ruleSet, collected, results, findings };
}

/** The file, or the files of a folder, sorted and not deeper. */
function sourcesAt(files: MachineFiles, path: string): Source[] {
  const file = files.get(path);
  if (file !== undefined) return [new Source(path, file)];
  const folder = path.endsWith('/') ? path : `${path}/`;
  return [...files]
    .filter(([name]) => name.startsWith(folder) && !name.slice(folder.length).includes('/'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => new Source(name, text));
}
