import { existsSync, readdirSync, statSync } from 'node:fs';
import { matchesWildcard } from '../../engine/rules/selection.ts';
import type { Configuration } from '../../engine/rules/configuration.ts';
import type { Source } from '../../engine/model/source.ts';
import { EXIT, UsageError, type Flag, type Given, type Terminal } from './command.ts';
import { reportDiagnostics } from './diagnostics.ts';
import { attempt } from './file-error.ts';
import { readRuleFiles, readSource } from './rule-files.ts';

/** `--config`, for commands that load rules. */
export const CONFIG_FLAG: Flag = {
  name: 'config',
  value: 'FILE',
  help: "a configuration of Falco (falco.yaml): what it says of rules, outputs' form and matching holds here too; flags win over it",
};

/** What the command line and its configuration file say of rules. */
export interface RulesInput {
  /** Rule files in order, at least one. */
  readonly sources: readonly Source[];
  /** Undefined without `--config`. */
  readonly configuration: Configuration | undefined;
}

/**
 * The configuration that `--config` names and the rule files: those of the command line, or else those of the
 * configuration. Answers an exit code when the configuration can't be used; what is wrong has been printed by then.
 */
export async function rulesInput(
  paths: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<RulesInput | number> {
  const path = given.flag('config');
  if (path === undefined) return { sources: readRuleFiles(paths), configuration: undefined };
  const { readConfiguration } = await import('../../engine/rules/configuration.ts');
  const environment = new Map(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const { configuration, diagnostics } = readConfiguration(readSource(path), { environment, include: configFiles });
  reportDiagnostics(diagnostics, terminal);
  if (configuration === undefined) return EXIT.NO;
  const sources = paths.length > 0 ? readRuleFiles(paths) : configuredRules(configuration.rulesFiles);
  if (sources.length === 0) throw new UsageError(`no rule files: none is given, and none that ${path} names is there`);
  return { sources, configuration };
}

/**
 * Opens what `rules_files` names. As in Falco an entry that does not exist is left out, a folder stands for its files
 * sorted by path and not deeper, and only names that end in `.yaml` or `.yml` count, in folders and alone.
 */
function configuredRules(paths: readonly string[]): Source[] {
  return paths
    .filter((path) => existsSync(path))
    .flatMap(filesOf)
    .filter((path) => matchesWildcard('*.yaml', path) || matchesWildcard('*.yml', path))
    .map(readSource);
}

/** Opens what `config_files` names: any file of a folder counts. */
function configFiles(path: string): Source[] {
  return existsSync(path) ? filesOf(path).map(readSource) : [];
}

/** The file, or the regular files of the folder, sorted by path. */
function filesOf(path: string): string[] {
  return attempt(path, () => {
    if (!statSync(path).isDirectory()) return [path];
    const folder = path.endsWith('/') ? path : `${path}/`;
    const paths = readdirSync(path).map((name) => `${folder}${name}`);
    return paths.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true).toSorted();
  });
}
