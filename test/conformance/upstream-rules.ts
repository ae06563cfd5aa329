import { Source } from '../../engine/model/source.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { textOf, type ConformanceData } from './conformance-data.ts';

/** Files of the upstream rules, in the order in which they are loaded. */
export const UPSTREAM_FILES = [
  'rules/falco_rules.yaml',
  'rules/falco-incubating_rules.yaml',
  'rules/falco-sandbox_rules.yaml',
];
/** The first of them alone. */
export const STABLE_FILES = UPSTREAM_FILES.slice(0, 1);

/** A rule set is loaded once for all captures that it runs over. */
const LOADED = new Map<string, Promise<RuleSet>>();

/** Loads rule files of the data; throws when one of them is refused. */
export function ruleSetOf(
  data: ConformanceData,
  paths: readonly string[],
  options: LoadOptions = {},
): Promise<RuleSet> {
  const key = JSON.stringify([paths, options]);
  let ruleSet = LOADED.get(key);
  if (ruleSet === undefined) LOADED.set(key, (ruleSet = loadFiles(data, paths, options)));
  return ruleSet;
}

/** Reads rule files of the data, as they are given to the loader. */
export function sourcesOf(data: ConformanceData, paths: readonly string[]): Promise<Source[]> {
  return Promise.all(paths.map(async (path) => new Source(path, await textOf(data, path))));
}

async function loadFiles(data: ConformanceData, paths: readonly string[], options: LoadOptions): Promise<RuleSet> {
  const { ruleSet, results } = loadRules(await sourcesOf(data, paths), options);
  if (ruleSet !== undefined) return ruleSet;
  throw new Error(results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'));
}
